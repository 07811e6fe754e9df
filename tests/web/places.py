"""The addresses of the app, for tests that look at every view."""

VIEWS = (
    "/",
    "/timeline",
    "/timeline?lanes=issue",
    "/positions",
    "/positions/history?actor=NRL&issue=strait+of+Karv",
    "/changes?since=2031-03-01",
    "/contradictions",
    "/network",
    "/events",
    "/events/1",
    "/acts",
    "/statements",
    "/actors",
    "/actors/NRL",
    "/issues",
    "/issues/one?issue=strait+of+Karv",
    "/sources",
    "/search?search=frigates",
    "/report/1",
    "/report/2",
    "/evidence/a1",
    "/evidence/s1",
    "/review",
    "/join",
    "/join?event=1",
    "/decisions",
    "/add",
    "/me",
    "/suggest/actor",
)

PAGES = tuple(view for view in VIEWS if view not in ("/report/2", "/evidence/s1", "/suggest/actor"))
"""Those that differ from each other and that a browser shows."""

CONFLICT = ("/conflict", "/conflict/answer", "/conflict/states", "/conflict/outcome?state=14")
"""The views of a conflict, as the model of karv_conflict.py has them."""


def twin(view: str, form: str) -> str:
    path, _, query = view.partition("?")
    return f"{'/overview' if path == '/' else path}.{form}{'?' + query if query else ''}"
