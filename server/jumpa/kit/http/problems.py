"""Errors as problem details (RFC 9457) with a code and the request id."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.http.requests import request_id
from jumpa.kit.rate import TooManyRequestsError

MEDIA_TYPE = "application/problem+json"
STATUS = {
    Kind.INVALID: HTTPStatus.BAD_REQUEST,
    Kind.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    Kind.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Kind.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Kind.GONE: HTTPStatus.GONE,
    Kind.CONFLICT: HTTPStatus.CONFLICT,
    Kind.OUTDATED: HTTPStatus.PRECONDITION_FAILED,
    Kind.EXHAUSTED: HTTPStatus.TOO_MANY_REQUESTS,
    Kind.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}


# Not the names of HTTPStatus: those change between versions of Python.
_CODES = {
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "body_too_large",
}


class FieldProblem(BaseModel):
    """One part of the request that cannot be used."""

    field: str
    reason: str


class Problem(BaseModel):
    """Problem details (RFC 9457); `code` never changes, `detail` may."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    fields: list[FieldProblem] = Field(default_factory=list)


def install(app: FastAPI) -> None:
    """Answer every failure of the app with a problem."""
    app.add_exception_handler(JumpaError, _expected)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _bug)


def declared(*errors: type[JumpaError]) -> dict[int | str, dict[str, Any]]:
    """Return the failures of an endpoint for its OpenAPI description, each with an example."""
    by_status: dict[int, dict[str, Any]] = {}
    for example in (*map(_example, (*errors, TooManyRequestsError)), *_ALWAYS):
        by_status.setdefault(example.status, {})[example.code] = {
            "summary": example.detail,
            "value": example.model_dump(),
        }
    return {
        status: {
            "model": Problem,
            "description": f"A problem with status {status}",
            "content": {"application/json": {"examples": examples}},
        }
        for status, examples in sorted(by_status.items())
    }


def shown(value: object) -> dict[int | str, dict[str, Any]]:
    """Return an example of the answer of an endpoint, for models that have none of their own."""
    return {int(HTTPStatus.OK): {"content": {"application/json": {"example": value}}}}


def _example(error: type[JumpaError]) -> Problem:
    status = STATUS[error.kind]
    detail = (error.__doc__ or "").splitlines()[0]
    return _problem(status, error.code, detail)


def _problem(status: HTTPStatus, code: str, detail: str) -> Problem:
    return Problem(
        title=_TITLES.get(status, status.phrase),
        status=status,
        code=code,
        detail=detail,
        request_id="0a1b2c3d4e5f67890a1b2c3d4e5f6789",
    )


# The names of HTTPStatus change between versions of Python.
_TITLES = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Content Too Large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Unprocessable Content",
}
_ALWAYS = (
    # Otherwise FastAPI declares 422 in its own form, which we never send.
    _problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, "request_malformed", "name: String should have at most 100"
    ),
    _problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", "A body has at most 65536 bytes."
    ),
    _problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "request_timed_out",
        "The server did not finish in time; what was asked may be asked again.",
    ),
)


def of(error: JumpaError) -> Response:
    """Return one of our errors as a response."""
    headers: dict[str, str] = {}
    if "retry_after_s" in error.facts:
        headers["Retry-After"] = str(error.facts["retry_after_s"])
    if "limit" in error.facts:
        headers["RateLimit"] = f'"address";r=0;t={error.facts["retry_after_s"]}'
        headers["RateLimit-Policy"] = f'"address";q={error.facts["limit"]};w=60'
    if error.kind is Kind.UNAUTHENTICATED:
        headers["WWW-Authenticate"] = "Bearer"
    return answer(STATUS[error.kind], error.code, error.detail, headers=headers)


def answer(
    status: HTTPStatus,
    code: str,
    detail: str,
    *,
    fields: list[FieldProblem] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem as a response."""
    problem = Problem(
        title=_TITLES.get(status, status.phrase),
        status=status,
        code=code,
        detail=detail,
        request_id=request_id(),
        fields=fields or [],
    )
    return JSONResponse(problem.model_dump(), status, headers, MEDIA_TYPE)


async def _expected(_: Request, error: Exception) -> Response:
    if not isinstance(error, JumpaError):
        raise error
    return of(error)


async def _malformed(_: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    fields = [
        FieldProblem(
            field=".".join(str(part) for part in problem["loc"][1:]),
            reason=str(problem["msg"]).removeprefix("Value error, "),
        )
        for problem in error.errors()
    ]
    detail = "; ".join(f"{field.field or 'body'}: {field.reason}" for field in fields[:3])
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return answer(status, "request_malformed", detail, fields=fields)


async def _refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    if status is HTTPStatus.BAD_REQUEST:
        # The framework's word for a body that is not even text; no other 400 is its own.
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "request_malformed", error.detail)
    code = _CODES.get(status, "request_refused")
    return answer(status, code, error.detail, headers=error.headers)


async def _bug(_: Request, _error: Exception) -> Response:
    return answer(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal_error",
        "Something went wrong on the server; its log has the details under this request id.",
    )
