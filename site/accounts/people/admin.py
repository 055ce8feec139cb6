"""The council's people in the admin: who works here, as what, in which teams, since when. For whoever looks after them.

No parent is ever listed, and whom somebody does not look after is not found.
"""

from typing import Any
from uuid import UUID

from django.contrib.admin import SimpleListFilter
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.views import InspectView

from accounts import roles
from accounts.models import DisabledAccount, Team, User
from accounts.people import page, staff
from accounts.people.dormancy import policy
from accounts.people.state import standing_of
from core.admin import ByChoice, ListedFiltersOnly, NobodyEdits, NoButtons, RowPrivateModelAdmin
from core.dates import day_text, local_day, today


class OnlyLookedAfter(NobodyEdits):
    """Whoever looks after people; `core.admin` finds each row through `visible_to`."""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm(staff.LOOK_AFTER))

    def user_can_inspect_obj(self, user: Any, obj: Model | None) -> bool:
        return self.user_can_list(user)


class ByRole(ByChoice):
    title = gettext_lazy("Role")
    parameter_name = "role"
    options = [(role, role) for role in roles.ROLES]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        value = self.value()
        return queryset.filter(staff.in_roles([value])) if value in roles.ROLES else queryset


class ByTeam(SimpleListFilter):
    title = gettext_lazy("Team")
    parameter_name = "team"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in Team.objects.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        known = {key for key, _name in self.lookup_choices}
        if self.value() not in known:
            return queryset
        members = Team.members.through.objects.filter(team__id=UUID(self.value()))
        return queryset.filter(pk__in=members.values("user"))


class ByState(SimpleListFilter):
    """Whoever works here unless told otherwise."""

    title = gettext_lazy("Account")
    parameter_name = "account"
    nothing_chosen = gettext_lazy("All but those who left")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("warned", gettext_lazy("Will be disabled soon")),
            ("unused", gettext_lazy("Disabled: not used")),
            ("left", gettext_lazy("Left")),
            ("all", gettext_lazy("All of them")),
        ]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        value = self.value()
        if value == "all":
            return queryset
        if value in (DisabledAccount.Why.UNUSED, DisabledAccount.Why.LEFT):
            return queryset.filter(disabled__why=value)
        if value == "warned":
            return staff.warned(queryset)
        return queryset.exclude(disabled__why=DisabledAccount.Why.LEFT)


class PeopleList(ListedFiltersOnly):
    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Each person of the page with what she is at other places, and how it stands: one day for all."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        day, rule = today(), policy()
        people = list(context["object_list"])
        standings = page.standings([person.pk for person in people], day)
        for person in context["object_list"]:
            person.elsewhere = standings.get(person.pk, [])
            person.standing = standing_of(person, day, rule)
        return context


class PersonView(InspectView):
    """The page of one person. `core.admin` has authorised and audited before this view fetches the row."""

    def get_fields_dict(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"page": page.read(self.instance, self.request.user, today())}


class PeopleAdmin(RowPrivateModelAdmin):
    model = User
    menu_label = gettext_lazy("People")
    menu_icon = "user"
    menu_order = 879
    index_view_class = PeopleList
    index_template_name = "accounts/admin/people.html"
    inspect_view_class = PersonView
    inspect_view_enabled = True
    inspect_template_name = "accounts/admin/person.html"
    permission_helper_class = OnlyLookedAfter
    button_helper_class = NoButtons
    list_display = ("person", "part", "joined", "last_seen", "account")
    list_filter = (ByRole, ByTeam, ByState)
    list_per_page = 50
    search_fields = ("first_name", "last_name", "email")
    search_label = gettext_lazy("Name or email address")
    ordering = ("last_name", "first_name", "pk")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[User]":
        rows = staff.visible_to(request.user, today())  # type: ignore[arg-type]
        return (
            rows.select_related("use", "disabled")
            .prefetch_related("groups", "teams")
            .order_by(*self.ordering)
        )

    def person(self, person: User) -> str:
        url = self.url_helper.get_action_url("inspect", person.pk)
        return format_html(
            '<a class="case-link" href="{}">{}</a><span class="case-sub">{}</span>',
            url,
            person.full_name,
            person.email,
        )

    person.short_description = gettext_lazy("Name")  # type: ignore[attr-defined]

    def part(self, person: Any) -> str:
        parts = [*(group.name for group in person.groups.all()), *(team.name for team in person.teams.all())]
        if not (parts or person.elsewhere) and hasattr(person, "disabled"):
            return format_html('<span class="case-sub">{}</span>', person.disabled.was)
        lines = [" · ".join(parts), *person.elsewhere]
        return format_html_join("", "{}<br>", ((line,) for line in lines if line))

    part.short_description = gettext_lazy("Roles, teams and schools")  # type: ignore[attr-defined]

    def joined(self, person: User) -> str:
        return day_text(local_day(person.date_joined))

    joined.short_description = gettext_lazy("Account made")  # type: ignore[attr-defined]
    joined.admin_order_field = "date_joined"  # type: ignore[attr-defined]

    def last_seen(self, person: User) -> str:
        return day_text(local_day(person.last_login)) if person.last_login else _("Never")

    last_seen.short_description = gettext_lazy("Last signed in")  # type: ignore[attr-defined]
    last_seen.admin_order_field = "last_login"  # type: ignore[attr-defined]

    def account(self, person: Any) -> str:
        tag = "case-tag" if person.standing.state == "works" else "case-tag case-tag--note"
        return format_html('<span class="{}">{}</span>', tag, person.standing.said)

    account.short_description = gettext_lazy("Account")  # type: ignore[attr-defined]
