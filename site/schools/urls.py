from django.urls import path

from schools import views

app_name = "schools"
urlpatterns = [
    path("<uuid:school_id>/staff/", views.staff, name="staff"),
    path("<uuid:school_id>/staff/invite/", views.invite, name="invite"),
    path("<uuid:school_id>/your-details/", views.your_details, name="your_details"),
    path("<uuid:school_id>/staff/<uuid:person_id>/details/", views.details, name="details"),
    path("<uuid:school_id>/staff/<uuid:person_id>/remove/", views.remove, name="remove"),
    path("<uuid:school_id>/staff/<uuid:person_id>/enable/", views.enable, name="enable"),
    path("<uuid:school_id>/invitations/<uuid:invitation_id>/again/", views.again, name="again"),
    path("<uuid:school_id>/invitations/<uuid:invitation_id>/withdraw/", views.withdraw, name="withdraw"),
]
