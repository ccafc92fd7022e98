"""Asks a WSGI application without a socket."""

import io
import json
from wsgiref.util import setup_testing_defaults


def ask(app, method, path, body=None, query=""):
    data = body if isinstance(body, bytes) else b""
    if body is not None and not isinstance(body, bytes):
        data = json.dumps(body).encode()
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "wsgi.input": io.BytesIO(data),
    }
    setup_testing_defaults(environ)
    answer = {}

    def start_response(status, headers):
        answer["status"] = int(status.split()[0])
        answer["headers"] = dict(headers)

    text = b"".join(app(environ, start_response)).decode()
    if text and answer["headers"]["Content-Type"] == "application/json":
        answer["json"] = json.loads(text)
    answer["text"] = text
    return answer
