"""Private registers in the Wagtail admin. The usual routes of wagtail-modeladmin show one team's rows to all.

Snippets and Wagtail documents leak by nine more (chooser, bulk actions ...): nothing private is one of them.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, ClassVar, cast

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, unquote
from django.core.exceptions import BadRequest, FieldDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from core import audit
from core.access import refuse


class ByChoice(SimpleListFilter):
    """Narrows a list by a field with few values: `lookup` is the field's path, `options` are the values' names."""

    lookup: ClassVar[str]
    options: ClassVar[Sequence[tuple[str, Any]]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(self.options)

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        known = {key for key, _name in self.lookup_choices}
        return queryset.filter(**{self.lookup: self.value()}) if self.value() in known else queryset


class ListedFiltersOnly(IndexView):
    """A list that can be narrowed by its own filters and by nothing else that a query string may hold.

    `?caseworker__password__startswith=...` would otherwise tell a password, row by row. For every register,
    private or not.
    """

    _rows: "QuerySet[Model] | None" = None

    def get_queryset(self, request: HttpRequest | None = None) -> "QuerySet[Model]":
        """Worked out and counted once a request: upstream's view asks for both twice, with the filters' queries."""
        if "\0" in self.query:
            raise BadRequest("No text has this character")
        if self._rows is None:
            self._rows = super().get_queryset(request)
            self._rows.count = cache(self._rows.count)  # type: ignore[method-assign]
        return self._rows

    def get_filters(self, request: HttpRequest) -> tuple[list[Any], bool, dict[str, Any], bool]:
        try:
            specs, has_filters, rest, distinct = super().get_filters(request)
        except (IncorrectLookupParameters, FieldDoesNotExist) as error:
            raise BadRequest("Unknown filter") from error
        if rest:
            raise BadRequest("Unknown filter")
        return specs, has_filters, {}, distinct

    def get_page_title(self) -> str:
        return force_str(self.model_admin.get_menu_label())

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"chosen": list(self.chosen())}

    def chosen(self) -> Iterator[dict[str, Any]]:
        """What the list is narrowed by, each with the address that takes it away."""
        for spec in (row for row in self.filter_specs if isinstance(row, SimpleListFilter)):
            names = {str(key): name for key, name in spec.lookup_choices}
            value = spec.value()
            if value in names:
                url = self.get_query_string(remove=[spec.parameter_name])
                yield {"title": spec.title, "value": names[str(value)], "url": url}

    def as_spreadsheet(self, queryset: "QuerySet[Model]", spreadsheet_format: str) -> HttpResponseBase:
        audit.record("register.export", request=self.request, reason=self.opts.label_lower)
        return cast(HttpResponseBase, super().as_spreadsheet(queryset, spreadsheet_format))


class NoDeletion(PermissionHelper):
    """Records are closed or withdrawn, never deleted by hand."""

    def user_can_delete_obj(self, user: Any, obj: Model | None) -> bool:
        return False


class NobodyEdits(NoDeletion):
    """Rows that come and go by themselves: nobody makes or changes one by hand."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Model | None) -> bool:
        return False


class NoButtons(ButtonHelper):
    """No row of buttons: the first cell is the link, and what can be done with a row stands in its last."""

    def get_buttons_for_obj(self, obj: Model, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        return []

    def get_primary_button(self, obj: Model) -> None:
        """None: a list whose rows open makes its own link, and upstream's round it would be a second stop without a
        name.
        """


class RowPrivateModelAdmin(ModelAdmin):
    """A register of rows that not everybody in the admin may see.

    The model's QuerySet says who sees which, by `visible_to(user)`: one rule for the list, the search, the
    export and each view of a row. Whoever asks for another row gets 404; whoever opens one is written down.
    The model's `__str__` is its reference only, for logs and messages print it.
    """

    index_view_class = ListedFiltersOnly
    index_template_name = "modeladmin/register.html"
    # What can be searched for, said over the box.
    search_label: str | Promise = gettext_lazy("Search")
    permission_helper_class = NoDeletion
    history_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Model]":
        rows: QuerySet[Model] = self.model._default_manager.visible_to(request.user)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def get_extra_attrs_for_field_col(self, obj: Model, field_name: str) -> dict[str, str]:
        """The name of its column on each cell: on a phone, where a row is a card, the cell says it."""
        label = label_for_field(field_name, self.model, model_admin=self)
        return {"data-name": capfirst(str(label))}

    def subject_of(self, instance: Model) -> Model | None:
        """Whom a row is about, for the audit."""
        return None

    def create_view(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and self.permission_helper.user_can_create(request.user):
            audit.record(f"{self.opts.model_name}.create", request=request)
        return cast(HttpResponseBase, super().create_view(request))

    def edit_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        self._open(request, instance_pk, "edit" if request.method == "POST" else "read")
        return cast(HttpResponseBase, super().edit_view(request, instance_pk))

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        self._open(request, instance_pk, "read")
        return cast(HttpResponseBase, super().inspect_view(request, instance_pk))

    def history_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        self._open(request, instance_pk, "read")
        return cast(HttpResponseBase, super().history_view(request, instance_pk))

    def delete_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        self._open(request, instance_pk, "delete" if request.method == "POST" else "read")
        return cast(HttpResponseBase, super().delete_view(request, instance_pk))

    def register_indexing(self) -> None:
        # Wagtail's reference index would list these rows in usage reports, for all to read.
        pass

    def register_admin_url_finders(self) -> None:
        # Nor is Wagtail to link to them from there.
        pass

    def _open(self, request: HttpRequest, instance_pk: str, what: str) -> None:
        """Let this person at this row, and write it down; or refuse. The views fetch rows without asking."""
        permissions = self.permission_helper
        label, pk = self.opts.label_lower, unquote(instance_pk)
        instance = self._find(request, pk)
        if instance is None:
            refuse(request, label, pk)
        checks = {"edit": permissions.user_can_edit_obj, "delete": permissions.user_can_delete_obj}
        if not checks.get(what, self._may_read)(request.user, instance):
            raise PermissionDenied
        verb = f"{self.opts.model_name}.{what}"
        audit.record(verb, request=request, obj=instance, subject=self.subject_of(instance))

    def _may_read(self, user: Any, instance: Model) -> bool:
        return bool(self.permission_helper.user_can_list(user))

    def _find(self, request: HttpRequest, pk: str) -> Model | None:
        try:
            return self.get_queryset(request).filter(pk=pk).first()
        except (ValueError, ValidationError):
            return None
