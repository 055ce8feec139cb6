from django.urls import path

from casework import views

app_name = "casework"
urlpatterns = [
    path("<uuid:case_id>/", views.dashboard, name="dashboard"),
    path("<uuid:case_id>/actions/", views.actions, name="actions"),
]
