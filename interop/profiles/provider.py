"""A provider that answers every dialect with as little as a framework takes, and remembers what it was asked."""
import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TEXT = "pong"


class Provider:
    """Listens on a free port of loopback while it is used, with TLS if it is given a certificate and its key."""

    def __init__(self, certificate=None):
        self.requests = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.answer(None)

            def do_HEAD(self):
                self.answer(None)

            def do_POST(self):
                length = int(self.headers.get("content-length") or 0)
                if self.headers.get("transfer-encoding", "").lower() == "chunked":
                    raw = self.chunks()
                else:
                    raw = self.rfile.read(length)
                try:
                    body = json.loads(raw or b"null")
                except ValueError:
                    body = None
                self.answer(body)

            def chunks(self):
                whole = b""
                while size := int(self.rfile.readline().strip() or b"0", 16):
                    whole += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return whole

            def answer(self, body):
                path = self.path.split("?")[0]
                headers = {name.lower(): value for name, value in self.headers.items()}
                provider.requests.append({"method": self.command, "path": path, "headers": headers, "body": body})
                status, kind, content = reply(self.command, path, body)
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.origin = f"http{'s' if certificate else ''}://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def reply(method, path, body):
    model = (body or {}).get("model", "m")
    stream = bool((body or {}).get("stream"))
    if method == "GET" or method == "HEAD":
        return as_json({"object": "list", "data": [], "models": []})
    if path.endswith("/chat/completions"):
        return as_events(chat_events(model)) if stream else as_json(chat(model))
    if path.endswith("/responses"):
        return as_events(response_events(model)) if stream else as_json(response(model))
    if path.endswith("/messages/count_tokens"):
        return as_json({"input_tokens": 1})
    if path.endswith("/messages"):
        return as_events(message_events(model)) if stream else as_json(message(model))
    if path.endswith(":generateContent"):
        return as_json(content())
    if path.endswith(":streamGenerateContent"):
        return as_events([(None, content())])
    if path.endswith("/api/chat"):
        return as_json({"model": model, "created_at": "2026-01-01T00:00:00Z", "done": True,
                        "message": {"role": "assistant", "content": TEXT}})
    if path.endswith("/converse"):
        return as_json({"output": {"message": {"role": "assistant", "content": [{"text": TEXT}]}},
                        "stopReason": "end_turn", "metrics": {"latencyMs": 1},
                        "usage": {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2}})
    return as_json({"error": {"message": "no such call", "type": "invalid_request_error"}}, 404)


def as_json(value, status=200):
    return status, "application/json", json.dumps(value).encode()


def as_events(events):
    text = "".join((f"event: {name}\n" if name else "") + "data: "
                   + (data if isinstance(data, str) else json.dumps(data)) + "\n\n" for name, data in events)
    return 200, "text/event-stream", text.encode()


USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}


def chat(model):
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": model, "usage": USAGE,
            "service_tier": "default",
            "choices": [{"index": 0, "finish_reason": "stop", "logprobs": None,
                         "message": {"role": "assistant", "content": TEXT, "refusal": None}}]}


def chat_events(model):
    def chunk(delta, reason):
        return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": model,
                "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}
    return [(None, chunk({"role": "assistant", "content": TEXT}, None)), (None, chunk({}, "stop")), (None, "[DONE]")]


def response(model, status="completed"):
    return {"id": "resp_1", "object": "response", "created_at": 1, "status": status, "model": model, "error": None,
            "incomplete_details": None, "instructions": None, "metadata": {}, "parallel_tool_calls": True,
            "temperature": 1, "tool_choice": "auto", "tools": [], "top_p": 1,
            "output": [] if status == "in_progress" else [
                {"id": "msg_1", "type": "message", "role": "assistant", "status": "completed",
                 "content": [{"type": "output_text", "text": TEXT, "annotations": [], "logprobs": []}]}],
            "usage": {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2,
                      "input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}}}


def response_events(model):
    item = response(model)["output"][0]
    steps = [
        ("response.created", {"response": response(model, "in_progress")}),
        ("response.output_item.added", {"output_index": 0, "item": {**item, "status": "in_progress", "content": []}}),
        ("response.content_part.added", {"item_id": "msg_1", "output_index": 0, "content_index": 0,
                                         "part": {"type": "output_text", "text": "", "annotations": []}}),
        ("response.output_text.delta", {"item_id": "msg_1", "output_index": 0, "content_index": 0, "delta": TEXT,
                                        "logprobs": []}),
        ("response.output_text.done", {"item_id": "msg_1", "output_index": 0, "content_index": 0, "text": TEXT,
                                       "logprobs": []}),
        ("response.output_item.done", {"output_index": 0, "item": item}),
        ("response.completed", {"response": response(model)}),
    ]
    return [(name, {"type": name, "sequence_number": i, **data}) for i, (name, data) in enumerate(steps)]


def message(model):
    return {"id": "msg_1", "type": "message", "role": "assistant", "model": model, "stop_reason": "end_turn",
            "stop_sequence": None, "content": [{"type": "text", "text": TEXT}],
            "usage": {"input_tokens": 1, "output_tokens": 1}}


def message_events(model):
    start = {**message(model), "content": [], "stop_reason": None}
    steps = [
        ("message_start", {"message": start}),
        ("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}}),
        ("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": TEXT}}),
        ("content_block_stop", {"index": 0}),
        ("message_delta", {"delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": {"output_tokens": 1}}),
        ("message_stop", {}),
    ]
    return [(name, {"type": name, **data}) for name, data in steps]


def content():
    return {"candidates": [{"content": {"role": "model", "parts": [{"text": TEXT}]}, "finishReason": "STOP", "index": 0}],
            "usageMetadata": {"promptTokenCount": 1, "candidatesTokenCount": 1, "totalTokenCount": 2},
            "modelVersion": "gemini"}
