"""Starts real frameworks with the environment that `llmconfig env` prints, and looks at what reaches a provider.

Each case is one framework, one profile and one way to the provider. The framework is installed from its own
registry, pinned; its program is as small as an agent can be. Nothing but the printed environment tells it where to
go, with which key and for which model, so a name that is wrong in a profile ends in a wrong request, or in none.
"""
import argparse
import concurrent.futures
import dataclasses
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from provider import Provider

HERE = pathlib.Path(__file__).resolve().parent
KEY = "sk-interop-0123456789abcdef"
VIRTUAL_KEY = "sk-virtual-0123456789abcdef"
ACCOUNT = {"openai-organization": "org-interop", "openai-project": "proj-interop"}
BEARER, API_KEY, X_API_KEY, GOOGLE = "authorization", "api-key", "x-api-key", "x-goog-api-key"
CHAT, RESPONSES, MESSAGES = "/chat/completions", "/responses", "/messages"


@dataclasses.dataclass
class Case:
    name: str
    profile: str
    runtime: str            # a list of requirements in python/, or node, jvm or claude
    program: str            # a file of agents/, a jar, or the arguments of the program
    path: str
    header: str = BEARER
    direct: str = "--provider OpenAI --endpoint {origin}/v1"
    model: str = "gpt-4.1-mini"
    sent: str = ""          # the model as it is sent, where that is not the id
    options: str = ""       # parameters
    body: dict = dataclasses.field(default_factory=dict)      # fields the request must have
    absent: tuple = ()      # fields it must not have
    gateway: bool = True    # whether it is tried behind the gateway, too
    gateway_body: dict = dataclasses.field(default_factory=dict)
    gateway_path: str = ""
    gateway_header: str = ""
    extra: dict = dataclasses.field(default_factory=dict)     # environment that an agent's own manifest has
    elsewhere: tuple = ()   # further paths it may ask for
    tls: bool = False


def cases():
    anthropic = "--provider Anthropic --endpoint {origin}"
    gemini = "--provider Google --endpoint {origin}"
    gemini_path = "/v1beta/models/gemini-2.5-flash:generateContent"
    compatible = "--provider OpenAICompatible --endpoint {origin}/v1 --key-secret k"
    return [
        Case("openai (Python)", "openai", "sdks", "openai_sdk.py", "/v1" + CHAT),
        Case("openai (Node)", "openai", "node", "openai_sdk.mjs", "/v1" + CHAT),
        Case("openai 0.28 (Python)", "openai-legacy", "openai-legacy", "openai_legacy.py", "/v1" + CHAT),
        Case("openai at Azure's v1 path", "openai", "sdks", "openai_sdk.py", "/openai/v1" + CHAT, gateway=False,
             direct="--provider AzureOpenAI --endpoint {origin} --base-model gpt-4.1-mini", model="deployment-a"),
        Case("AzureOpenAI client", "azure-openai", "sdks", "azure_openai.py",
             "/openai/deployments/deployment-a" + CHAT, API_KEY, gateway=False, model="deployment-a",
             direct="--provider AzureOpenAI --endpoint {origin} --base-model gpt-4.1-mini --api-version 2024-10-21"),
        Case("openai-agents (Python)", "openai-agents", "sdks", "openai_agents.py", "/v1" + RESPONSES),
        Case("@openai/agents (Node)", "openai-agents", "node", "openai_agents.mjs", "/v1" + RESPONSES),
        Case("ms-agent-framework, Responses", "ms-agent-framework", "frameworks", "ms_agent_framework.py",
             "/v1" + RESPONSES),
        Case("ms-agent-framework, Chat", "ms-agent-framework", "frameworks", "ms_agent_framework_chat.py", "/v1" + CHAT),
        Case("semantic-kernel", "semantic-kernel", "adk-and-kernel", "semantic_kernel_agent.py", "/v1" + CHAT),
        # From 2.x (Python) and 1.x (Node) on, these SDKs send the API key as a bearer token.
        Case("anthropic (Python)", "anthropic", "sdks", "anthropic_sdk.py", "/v1" + MESSAGES, BEARER, anthropic,
             "claude-sonnet-4-5"),
        Case("@anthropic-ai/sdk (Node)", "anthropic", "node", "anthropic_sdk.mjs", "/v1" + MESSAGES, BEARER, anthropic,
             "claude-sonnet-4-5"),
        Case("claude-code", "claude-code", "claude", "-p ping --output-format text", "/v1" + MESSAGES, X_API_KEY,
             anthropic, "claude-sonnet-4-5", options="--max-output-tokens 3000", body={"max_tokens": 3000},
             gateway_header=BEARER, extra={"DISABLE_TELEMETRY": "1", "DISABLE_AUTOUPDATER": "1",
                                           "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1", "IS_SANDBOX": "1"},
             elsewhere=("/v1/messages/count_tokens", "/v1/models", "/", "/api/hello", "/v1/models/")),
        Case("google-genai (Python)", "google-genai", "sdks", "google_genai_sdk.py",
             "/v1/models/gemini-2.5-flash:generateContent", GOOGLE, gemini,
             "gemini-2.5-flash", gateway=False),
        Case("@google/genai (Node)", "google-genai", "node", "google_genai.mjs", gemini_path, GOOGLE, gemini,
             "gemini-2.5-flash", gateway=False),
        Case("google-adk", "google-adk", "adk-and-kernel", "google_adk_agent.py", gemini_path, GOOGLE, gemini,
             "gemini-2.5-flash", gateway=False),
        # It sends a bearer token over https only; the region of a private endpoint is the manifest's business.
        Case("boto3, Bedrock Runtime", "bedrock", "sdks", "bedrock_sdk.py", "/model/amazon.nova-lite-v1%3A0/converse", gateway=False,
             direct="--provider Bedrock --endpoint {origin}/v1", model="amazon.nova-lite-v1:0", tls=True,
             extra={"AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}),
        Case("mistralai", "mistral", "sdks", "mistral_sdk.py", "/v1" + CHAT, gateway=False,
             direct="--provider Mistral", model="mistral-large-latest"),
        Case("groq (Python)", "groq", "sdks", "groq_sdk.py", "/openai/v1" + CHAT, gateway=False,
             direct="--provider Groq --endpoint {origin}/openai/v1", model="openai/gpt-oss-120b"),
        Case("groq-sdk (Node)", "groq", "node", "groq_sdk.mjs", "/openai/v1" + CHAT, gateway=False,
             direct="--provider Groq --endpoint {origin}/openai/v1", model="openai/gpt-oss-120b"),
        Case("ollama (Python)", "ollama", "sdks", "ollama_client.py", "/api/chat", "", gateway=False,
             direct="--provider Ollama --endpoint {origin}", model="qwen3:8b"),
        Case("openai against Ollama", "openai", "sdks", "openai_sdk.py", "/v1" + CHAT, "unused", gateway=False,
             direct="--provider Ollama --endpoint {origin}", model="qwen3:8b"),
        Case("langchain-openai", "langchain", "sdks", "langchain_openai_agent.py", "/v1" + CHAT,
             body={"max_completion_tokens": 64}, absent=("max_tokens",), gateway_body={"max_completion_tokens": 64}),
        Case("@langchain/openai", "langchain-js", "node", "langchain_openai.mjs", "/v1" + CHAT),
        Case("langchain-anthropic", "langchain-anthropic", "sdks", "langchain_anthropic_agent.py", "/v1" + MESSAGES,
             BEARER, anthropic, "claude-sonnet-4-5", body={"max_tokens": 64}),
        Case("@langchain/anthropic", "langchain-anthropic", "node", "langchain_anthropic.mjs", "/v1" + MESSAGES,
             X_API_KEY, anthropic, "claude-sonnet-4-5"),
        # It refuses names that it does not know, so an alias needs another class of it.
        Case("llama-index-llms-openai", "llamaindex", "llamaindex", "llamaindex_agent.py", "/v1" + CHAT,
             body={"temperature": 0.1}, gateway=False),
        Case("crewai", "crewai", "crewai", "crewai_agent.py", "/v1" + CHAT),
        Case("crewai, a model it does not know", "crewai", "crewai", "crewai_agent.py", "/v1" + CHAT, gateway=False,
             direct=compatible, model="Qwen/Qwen3-8B"),
        Case("openhands-sdk", "openhands", "openhands", "openhands_agent.py", "/v1" + CHAT,
             options="--temperature 0.2 --top-p 0.9 --max-output-tokens 2048 --timeout-seconds 60",
             body={"max_completion_tokens": 2048}),
        Case("litellm to OpenAI", "litellm-sdk", "litellm", "litellm_agent.py", "/v1" + CHAT, body={"max_tokens": 64}),
        Case("litellm to Anthropic", "litellm-sdk", "litellm", "litellm_agent.py", "/v1" + MESSAGES, X_API_KEY, anthropic,
             "claude-sonnet-4-5", gateway=False, body={"max_tokens": 64}),
        Case("litellm to Google", "litellm-sdk", "litellm", "litellm_agent.py",
             "/v1beta/models/gemini-2.5-flash:generateContent", GOOGLE, gemini, "gemini-2.5-flash", gateway=False),
        Case("litellm to Azure", "litellm-sdk", "litellm", "litellm_agent.py",
             "/openai/deployments/deployment-a" + CHAT, API_KEY, model="deployment-a", gateway=False,
             direct="--provider AzureOpenAI --endpoint {origin} --base-model gpt-4.1-mini --api-version 2024-10-21"),
        *[Case(f"litellm to {name}", "litellm-sdk", "litellm", "litellm_agent.py", path + CHAT, gateway=False,
               direct=f"--provider {name} --endpoint {{origin}}{path} --key-secret k", model=model)
          for name, path, model in [
              ("Mistral", "/v1", "mistral-large-latest"), ("Groq", "/openai/v1", "llama-3.1-8b-instant"),
              ("XAI", "/v1", "grok-4"), ("DeepSeek", "/v1", "deepseek-chat"), ("OpenRouter", "/api/v1", "openai/gpt-4.1-mini"),
              ("Together", "/v1", "meta-llama/Llama-3.3-70B-Instruct-Turbo"),
              ("Fireworks", "/inference/v1", "accounts/fireworks/models/qwen3-8b"), ("Perplexity", "", "sonar"),
              ("VLLM", "/v1", "Qwen/Qwen3-8B"), ("OpenAICompatible", "/v1", "Qwen/Qwen3-8B")]],
        Case("litellm to Ollama", "litellm-sdk", "litellm", "litellm_agent.py", "/api/chat", gateway=False,
             direct="--provider Ollama --endpoint {origin} --key-secret k", model="qwen3:8b", elsewhere=("/api/show",)),
        Case("aider", "aider", "aider",
             "--no-git --yes-always --no-check-update --analytics-disable --no-show-model-warnings --no-stream "
             "--map-tokens 0 --message ping", "/v1" + CHAT, options="--timeout-seconds 60"),
        Case("pydantic-ai", "pydantic-ai", "sdks", "pydantic_ai_agent.py", "/v1" + RESPONSES, gateway_path="/v1" + CHAT),
        Case("pydantic-ai, another provider", "pydantic-ai", "sdks", "pydantic_ai_agent.py", "/v1" + CHAT, gateway=False,
             direct=compatible, model="Qwen/Qwen3-8B"),
        Case("haystack-ai", "haystack", "sdks", "haystack_agent.py", "/v1" + CHAT, options="--timeout-seconds 45",
             gateway=False),
        Case("agno", "agno", "sdks", "agno_agent.py", "/v1" + CHAT),
        Case("smolagents", "agno", "sdks", "smolagents_agent.py", "/v1" + CHAT),
        Case("strands", "agno", "frameworks", "strands_agent.py", "/v1" + CHAT),
        *jvm_cases(anthropic),
        Case("@ai-sdk/openai", "vercel-ai-sdk", "node", "vercel.mjs", "/v1" + RESPONSES),
        Case("@ai-sdk/anthropic", "vercel-ai-sdk-anthropic", "node", "vercel_anthropic.mjs", "/v1" + MESSAGES, X_API_KEY,
             anthropic, "claude-sonnet-4-5"),
        Case("@mastra/core", "mastra", "node", "mastra.mjs", "/v1" + RESPONSES),
    ]


def jvm_cases(anthropic):
    all_set = "--temperature 0.3 --max-output-tokens 777 --stop END --stop STOP"
    chat = {"temperature": 0.3, "max_completion_tokens": 777, "stop": ["END", "STOP"]}
    messages = {"temperature": 0.3, "max_tokens": 777, "stop_sequences": ["END", "STOP"]}
    without_web = {"SPRING_MAIN_WEB_APPLICATION_TYPE": "none"}
    return [
        Case("Spring AI 1, OpenAI", "spring-ai-1", "jvm", "spring-ai-1/target/agent-openai.jar", "/v1" + CHAT,
             options=all_set, body=chat, extra=without_web),
        # Reasoning models refuse the temperature that it would send by itself.
        Case("Spring AI 1, a model that reasons", "spring-ai-1", "jvm", "spring-ai-1/target/agent-openai.jar", "/v1" + CHAT,
             model="gpt-5-mini", options="--temperature 0.3", body={"temperature": 1.0}, extra=without_web, gateway=False),
        Case("Spring AI 1, Perplexity's path", "spring-ai-1", "jvm", "spring-ai-1/target/agent-openai.jar", CHAT,
             direct="--provider Perplexity --endpoint {origin}", model="sonar", options="--max-output-tokens 777",
             body={"max_tokens": 777}, extra=without_web, gateway=False),
        Case("Spring AI 1, Anthropic", "spring-ai-1-anthropic", "jvm", "spring-ai-1/target/agent-anthropic.jar",
             "/v1" + MESSAGES, X_API_KEY, anthropic, "claude-sonnet-4-5", options=all_set, body=messages,
             extra=without_web),
        Case("Spring AI 2, OpenAI", "spring-ai-2", "jvm", "spring-ai-2/target/agent-openai.jar", "/v1" + CHAT,
             options=all_set + " --timeout-seconds 45", body=chat),
        Case("Spring AI 2, Anthropic", "spring-ai-2-anthropic", "jvm", "spring-ai-2/target/agent-anthropic.jar",
             "/v1" + MESSAGES, X_API_KEY, anthropic, "claude-sonnet-4-5", options=all_set + " --timeout-seconds 45",
             body=messages),
        Case("LangChain4j Spring Boot", "langchain4j-spring", "jvm", "langchain4j-spring/target/agent.jar", "/v1" + CHAT,
             options=all_set + " --timeout-seconds 45", body=chat),
        Case("Quarkus LangChain4j, OpenAI", "quarkus-langchain4j-openai", "jvm",
             "quarkus-openai/target/quarkus-app/quarkus-run.jar", "/v1" + CHAT,
             options=all_set + " --timeout-seconds 45", body=chat),
    ]


def environment(case, origin, gateway, llmconfig):
    """What the agent gets: the printed entries, with the key filled in where the reference stands; and the headers that
    they make it send."""
    route = (f"--provider OpenAI --mode Gateway --gateway-url {origin} --alias support" if gateway
             else case.direct.format(origin=origin))
    account = ["--organization", ACCOUNT["openai-organization"], "--project", ACCOUNT["openai-project"]]
    command = [llmconfig, "env", "--profile", case.profile, "--model", case.model, "-o", "env", *account,
               *route.split(), *case.options.split()]
    printed = subprocess.run(command, capture_output=True, text=True, check=False)
    if printed.returncode != 0:
        raise Wrong(f"llmconfig env ended with {printed.returncode}: {printed.stderr.strip()}")
    entries = dict(line.split("=", 1) for line in printed.stdout.splitlines())
    key = VIRTUAL_KEY if gateway else KEY
    for name, value in entries.items():
        if value.startswith("secretKeyRef:"):
            entries[name] = "unused" if value == "secretKeyRef:llmconfig-no-key/api-key" else key
    # A header must arrive, unless it is said that the framework has no setting for it: then it must not.
    lost = printed.stderr.lower()
    headers = {name: None if gateway or name in lost else value for name, value in ACCOUNT.items()}
    return entries, headers if route.startswith("--provider OpenAI ") else {}


class Wrong(Exception):
    pass


def command(case, runtimes):
    if case.runtime == "node":
        # Modules are found from where the program lies.
        return [runtimes["node"], str(pathlib.Path(runtimes["modules"]) / case.program)]
    if case.runtime == "claude":
        return [runtimes["claude"], *case.program.split()]
    if case.runtime == "jvm":
        return [runtimes["java"], "-jar", str(pathlib.Path(runtimes["jvm"]) / case.program)]
    python = pathlib.Path(runtimes[case.runtime]) / "bin"
    if case.program.endswith(".py"):
        return [str(python / "python"), str(HERE / "agents" / case.program)]
    return [str(python / case.runtime), *case.program.split()]


def run(case, gateway, llmconfig, runtimes):
    with tempfile.TemporaryDirectory() as home, Provider(certificate(home) if case.tls else None) as provider:
        agent, headers = environment(case, provider.origin, gateway, llmconfig)
        surroundings = {
            "PATH": os.environ["PATH"], "HOME": home, "LANG": "C.UTF-8", "INTEROP_PROVIDER": provider.origin,
            # Whatever wants to go elsewhere meets a closed door instead of the internet.
            "HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9",
            "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1",
            "OTEL_SDK_DISABLED": "true", "CREWAI_DISABLE_TELEMETRY": "true", "CREWAI_TRACING_ENABLED": "false",
            "LITELLM_LOCAL_MODEL_COST_MAP": "True", "PYTHONWARNINGS": "ignore", "PYTHONDONTWRITEBYTECODE": "1",
        }
        if case.tls:
            surroundings["AWS_CA_BUNDLE"] = surroundings["SSL_CERT_FILE"] = f"{home}/certificate.pem"
        try:
            done = subprocess.run(command(case, runtimes), env={**surroundings, **case.extra, **agent}, cwd=home,
                                  capture_output=True, text=True, timeout=240, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired as slow:
            raise Wrong("it did not end within 240 s: " + last(slow.stdout) + last(slow.stderr)) from None
        judge(case, gateway, provider.requests, done)
        check_headers(case, gateway, headers, provider.requests)


def certificate(folder):
    """One for loopback, with its key in the same file."""
    file = f"{folder}/certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", f"{file}.key", "-out", file],
                   check=True, capture_output=True)
    return file, f"{file}.key"


def last(output):
    text = output.decode() if isinstance(output, bytes) else output or ""
    return " | ".join(text.strip().splitlines()[-4:])


def judge(case, gateway, requests, done):
    path = (case.gateway_path if gateway else "") or case.path
    calls = [one for one in requests if one["path"] == path]
    strangers = sorted({one["path"] for one in requests if one["path"] != path
                        and not one["path"].startswith(tuple(case.elsewhere) or ("none",))})
    if not calls:
        raise Wrong(f"no request to {path}, but to {strangers}: {last(done.stdout)} {last(done.stderr)}")
    if strangers:
        raise Wrong(f"requests to {strangers} as well")
    for call in calls:
        check_key(case, gateway, call["headers"])
        check_model(case, gateway, path, call["body"])
    main = max(calls, key=lambda one: len(str(one["body"])))["body"]
    for field, value in (case.gateway_body if gateway else case.body).items():
        if main.get(field) != value:
            raise Wrong(f"{field} is {main.get(field)!r}, not {value!r}")
    for field in case.absent:
        if field in main:
            raise Wrong(f"{field} is sent")
    if done.returncode != 0 or "pong" not in done.stdout + done.stderr:
        raise Wrong(f"it ended with {done.returncode} and did not say pong: {last(done.stdout)} {last(done.stderr)}")


def check_key(case, gateway, headers):
    header = (case.gateway_header if gateway else "") or case.header
    if not header:
        return
    key = VIRTUAL_KEY if gateway else KEY
    if header == "unused":
        header, key = BEARER, "unused"
    expected = f"Bearer {key}" if header == BEARER else key
    if headers.get(header) != expected:
        raise Wrong(f"{header} is {headers.get(header)!r}")


def check_headers(case, gateway, headers, requests):
    path = (case.gateway_path if gateway else "") or case.path
    for call in (one for one in requests if one["path"] == path):
        for name, value in headers.items():
            if call["headers"].get(name) != value:
                raise Wrong(f"{name} is {call['headers'].get(name)!r}, not {value!r}")


def check_model(case, gateway, path, body):
    expected = "support" if gateway else case.sent or case.model
    if ":generateContent" in path or "/converse" in path or "/deployments/" in path:
        return  # The model is in the path.
    if body.get("model") != expected:
        raise Wrong(f"the model is {body.get('model')!r}, not {expected!r}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--llmconfig", required=True)
    parser.add_argument("--runtime", action="append", default=[], help="name=place")
    parser.add_argument("--only", default="", help="part of a case's or profile's name")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    runtimes = dict(one.split("=", 1) for one in options.runtime)
    todo = [(case, gateway) for case in cases() for gateway in ([False, True] if case.gateway else [False])
            if options.only in case.name or options.only in case.profile]
    if not todo:
        sys.exit("No case has that in its name.")

    def attempt(one):
        case, gateway = one
        began = time.monotonic()
        try:
            run(case, gateway, options.llmconfig, runtimes)
            verdict = ""
        except Wrong as wrong:
            verdict = str(wrong)
        return case, gateway, verdict, time.monotonic() - began

    failures = 0
    print(f"{'framework':34} {'profile':24} {'way':8} {'request':50} {'s':>4}  verdict")
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for case, gateway, verdict, seconds in pool.map(attempt, todo):
            failures += bool(verdict)
            path = (case.gateway_path if gateway else "") or case.path
            print(f"{case.name:34} {case.profile:24} {'gateway' if gateway else 'direct':8} {path:50} "
                  f"{seconds:4.0f}  {'FAILED: ' + verdict if verdict else 'ok'}", flush=True)
    profiles = {case.profile for case, _ in todo}
    print(f"{len(todo)} starts of real frameworks for {len(profiles)} profiles, {failures} failed.")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
