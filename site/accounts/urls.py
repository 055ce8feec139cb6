"""Signing in and out. Include it before Wagtail's admin: some of the paths take the place of Wagtail's."""

from django.urls import path

from accounts.views import account, admin, recovery, registration, services, session, sessions, sign_in

app_name = "accounts"

urlpatterns = [
    path("register/", registration.register, name="register"),
    path("sign-in/", sign_in.password, name="sign_in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/code/new/", sign_in.new_code, name="new_code"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("sign-out/everywhere/", session.sign_out_everywhere, name="sign_out_everywhere"),
    path("signed-out/", session.signed_out, name="signed_out"),
    path("stay-signed-in/", session.stay_signed_in, name="stay_signed_in"),
    path("account/", account.overview, name="account"),
    path("account/password/", account.change_password, name="change_password"),
    path("account/services/", services.services, name="services"),
    path("account/services/<uuid:service_id>/stop/", services.stop, name="stop_service"),
    path("forgotten-password/", recovery.forgotten_password, name="forgotten_password"),
    path("forgotten-password/one-time/", recovery.one_time, name="one_time"),
    path("forgotten-password/choose/", recovery.choose_password, name="choose_password"),
    path(
        "forgotten-password/choose/<str:token>/",
        recovery.choose_password_by_link,
        name="choose_password_by_link",
    ),
    path("forgotten-email/", recovery.forgotten_email, name="forgotten_email"),
    path("forgotten-email/sent/", recovery.reminded, name="reminded"),
    path("new-email/", recovery.new_mailbox, name="new_mailbox"),
    path("new-email/<str:token>/", recovery.new_mailbox_by_link, name="new_mailbox_by_link"),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("not-me/", sessions.not_me, name="not_me"),
    # Wagtail has two pages that take a password: one for the admin, one for private pages.
    path("admin/login/", admin.sign_in),
    path("_util/login/", admin.sign_in),
    path("admin/logout/", session.sign_out),
    path("admin/account/", admin.preferences),
    path("admin/password_reset/<path:rest>", admin.gone),
    path("admin/password_reset/", admin.gone),
    path("admin/users/<path:rest>", admin.gone),
    path("admin/users/", admin.gone),
    path("admin/groups/<path:rest>", admin.gone),
    path("admin/groups/", admin.gone),
    path("admin/bulk/accounts/<path:rest>", admin.gone),
    path("admin/bulk/auth/<path:rest>", admin.gone),
]
