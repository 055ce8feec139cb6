"""The least that Django does for a page and for a form post: what the product's figures are ratios of."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from benchmarks.floors.models import Note

PARAGRAPHS = ["Some words that stand for a paragraph of a usual page, about as long as one is."] * 10


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["title", "email", "text"]


def plain(request: HttpRequest) -> HttpResponse:
    return render(request, "floors/page.html", {"paragraphs": PARAGRAPHS})


@login_required
def authed(request: HttpRequest) -> HttpResponse:
    return render(
        request, "floors/page.html", {"paragraphs": PARAGRAPHS, "name": request.user.get_username()}
    )


@login_required
def post(request: HttpRequest) -> HttpResponse:
    form = NoteForm(request.POST)
    if form.is_valid():
        form.save()
        return redirect("/authed/")
    return HttpResponse("not valid", status=400)
