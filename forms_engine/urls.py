"""Filling in a form, under /forms/. What is not a step is named before the steps: no step can have such a name."""

from django.urls import path

from forms_engine.views import beside, sent, start, steps

app_name = "forms"

urlpatterns = [
    path("assignments/<uuid:assignment_id>/", start.assignment, name="assignment"),
    path("sent/<uuid:submission_id>/", sent.receipt, name="sent"),
    path("sent/<uuid:submission_id>/pdf/", sent.pdf, name="sent_pdf"),
    path("sent/<uuid:submission_id>/print/", sent.printed, name="sent_print"),
    path("sent/<uuid:submission_id>/files/<uuid:file_id>/", sent.file, name="sent_file"),
    path("<uuid:draft_id>/", beside.resume, name="resume"),
    path("<uuid:draft_id>/saved/", beside.saved, name="saved"),
    path("<uuid:draft_id>/print/", beside.printed, name="print"),
    path("<uuid:draft_id>/pdf/", beside.pdf, name="pdf"),
    path("<uuid:draft_id>/files/<uuid:file_id>/", beside.file, name="file"),
    path("<uuid:draft_id>/<slug:step_id>/", steps.step, name="step"),
    path("<uuid:draft_id>/<slug:step_id>/<slug:item>/", steps.step, name="item"),
]
