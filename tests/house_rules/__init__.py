"""The house rules of docs/architecture.md, as tests: what import-linter and ruff do not see."""
