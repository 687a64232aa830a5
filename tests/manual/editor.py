"""An editor for tests: it speaks the Language Server Protocol with the real yaml-language-server over a pipe."""

import json
import os
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "tests" / "manual" / "node_modules" / ".bin" / "yaml-language-server"
PATIENCE = 30


def server_program() -> str | None:
    """Where the server is: named by the environment, installed beside these tests, or on the path."""
    named = os.environ.get("VALSIM_YAML_LANGUAGE_SERVER")
    return named or (str(SERVER) if SERVER.exists() else shutil.which("yaml-language-server"))


class Editor:
    """One running server and the documents that are open in it."""

    def __init__(self, program: str, schema: Path) -> None:
        self.server = subprocess.Popen([program, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.settings = {
            "yaml": {
                "schemas": {schema.as_uri(): "*.yaml"},
                "schemaStore": {"enable": False, "url": ""},
                "kubernetesCRDStore": {"enable": False},
                "completion": True,
                "hover": True,
                "validate": True,
            },
            "http": {"proxy": "", "proxyStrictSSL": False},
        }
        self.asked, self.opened = 0, 0
        self.answers: dict[int, queue.Queue[Any]] = {}
        self.diagnosed: dict[str, queue.Queue[Any]] = {}
        threading.Thread(target=self._listen, daemon=True).start()
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {
                "hover": {"contentFormat": ["markdown"]},
                "completion": {"completionItem": {"snippetSupport": False, "documentationFormat": ["markdown"]}},
            },
        }
        self.ask("initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": capabilities})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})

    def open(self, text: str) -> str:
        """Open a document and give its address."""
        self.opened += 1
        uri = f"file:///scenarios/{self.opened}.yaml"
        self.diagnosed[uri] = queue.Queue()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def problems(self, text: str) -> list[tuple[int, str]]:
        """What the editor underlines in a document: lines, counted from 1, and messages."""
        found = self.diagnosed[self.open(text)].get(timeout=PATIENCE)
        return [(each["range"]["start"]["line"] + 1, each["message"]) for each in found]

    def completions(self, text: str) -> list[str]:
        """What the editor offers where ``|`` stands."""
        answer = self._at_cursor("textDocument/completion", text)
        return [item["label"] for item in (answer["items"] if isinstance(answer, dict) else answer)]

    def hover(self, text: str) -> str:
        """What the editor shows about the word where ``|`` stands."""
        answer = self._at_cursor("textDocument/hover", text)
        return answer["contents"]["value"] if answer else ""

    def close(self) -> None:
        """Stop the server."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.server.wait(timeout=PATIENCE)
        self.server.stdin.close()
        self.server.stdout.close()

    def ask(self, method: str, params: Any) -> Any:
        """Send a request and wait for its answer."""
        self.asked += 1
        self.answers[self.asked] = queue.Queue()
        self._send({"id": self.asked, "method": method, "params": params})
        answer = self.answers[self.asked].get(timeout=PATIENCE)
        assert "error" not in answer, answer
        return answer["result"]

    def tell(self, method: str, params: Any) -> None:
        """Send what needs no answer."""
        self._send({"method": method, "params": params})

    def _at_cursor(self, method: str, text: str) -> Any:
        before, _, after = text.partition("|")
        uri = self.open(before + after)
        position = {"line": before.count("\n"), "character": len(before.rsplit("\n", 1)[-1])}
        return self.ask(method, {"textDocument": {"uri": uri}, "position": position})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.server.stdin.flush()

    def _listen(self) -> None:
        out = self.server.stdout
        while header := out.readline():
            length = int(header.split(b":")[1])
            while out.readline().strip():
                pass
            self._hear(json.loads(out.read(length)))

    def _hear(self, message: dict[str, Any]) -> None:
        if "method" not in message:
            self.answers[message["id"]].put(message)
        elif message["method"] == "textDocument/publishDiagnostics":
            self.diagnosed[message["params"]["uri"]].put(message["params"]["diagnostics"])
        elif message["method"] == "workspace/configuration":
            asked = [self.settings.get(item.get("section", ""), {}) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": asked})
        elif "id" in message:
            self._send({"id": message["id"], "result": None})
