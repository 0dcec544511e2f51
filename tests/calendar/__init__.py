# The tests are run from the repository's root: `tests.calendar` hides nothing.  # noqa: A005
