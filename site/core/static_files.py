from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """Names with a hash of the content, also where one script imports another: all may be kept for ever."""

    support_js_module_import_aggregation = True
