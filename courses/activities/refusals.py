"""Why a package is not imported. Pure."""


class PackageRefused(ValueError):
    """A package that is not kept; its text is one French sentence that names the file."""
