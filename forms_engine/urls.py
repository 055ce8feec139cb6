"""Filling in a form, under /forms/. What is not a step is named before the steps: no step can have such a name."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from forms_engine.views import beside, blank, guest, mine, sent, start, steps

app_name = "forms"


class ItemConverter(StringConverter):
    """The id of an item of a repeating group, as `drafts.new_item_id` makes it."""

    regex = "[0-9a-f]{8}"


register_converter(ItemConverter, "item")

urlpatterns = [
    # First, for most pages are one of a form in progress.
    path(
        "<uuid:draft_id>/",
        include(
            [
                path("", beside.resume, name="resume"),
                path("delete/", mine.delete, name="delete"),
                path("alone/", beside.alone, name="alone"),
                path("saved/", beside.saved, name="saved"),
                path("sign-in/", guest.before_sending, name="before_sending"),
                path("print/", beside.printed, name="print"),
                path("pdf/", beside.pdf, name="pdf"),
                path("files/<uuid:file_id>/", beside.file, name="file"),
                path("<slug:step_id>/", steps.step, name="step"),
                path("<slug:step_id>/<item:item>/", steps.step, name="item"),
            ]
        ),
    ),
    path("", mine.mine, name="mine"),
    path("begin/<slug:slug>/", mine.offered, name="begin"),
    path("begin/<slug:slug>/paper/<slug:size>/", blank.offered, name="begin_paper"),
    path("assignments/<uuid:assignment_id>/paper/<slug:size>/", blank.asked, name="paper"),
    path("assignments/<uuid:assignment_id>/carry-on/", start.carry_on, name="carry_on"),
    path("assignments/<uuid:assignment_id>/", start.assignment, name="assignment"),
    path("sent/<uuid:submission_id>/", sent.receipt, name="sent"),
    path("sent/<uuid:submission_id>/pdf/", sent.pdf, name="sent_pdf"),
    path("sent/<uuid:submission_id>/print/", sent.printed, name="sent_print"),
    path("sent/<uuid:submission_id>/files/<uuid:file_id>/", sent.file, name="sent_file"),
    path("copies/<uuid:copy_id>/", mine.last_copy, name="last_copy"),
]
