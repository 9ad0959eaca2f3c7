"""Exchanges tokens with Python's cryptography and sealed keys with kubeseal, in both directions.

Prints one line for each exchange, with what was tried and what failed, and ends with 1 at any failure.
"""

import argparse
import base64
import datetime
import json
import os
import random
import shlex
import subprocess
import sys
import tempfile

from cryptography import x509
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

SCOPES = {
    "Strict": ("strict", {}),
    "NamespaceWide": ("namespace-wide", {"sealedsecrets.bitnami.com/namespace-wide": "true"}),
    "ClusterWide": ("cluster-wide", {"sealedsecrets.bitnami.com/cluster-wide": "true"}),
}
NAMESPACE, NAME = "agents", "openai-team-a-sealed"
OWN_ENDPOINT = "https://api.openai.com/v1"


class Exchange:
    """Counts, and says which ones failed."""

    failed = 0

    def __init__(self, title):
        self.title, self.tried, self.wrong = title, 0, []

    def expect(self, right, what):
        self.tried += 1
        if not right:
            self.wrong.append(what)

    def report(self):
        print(f"{self.title:<68} {self.tried:>7} tried {len(self.wrong):>4} failed", flush=True)
        for what in self.wrong[:3]:
            print(f"    {what}")
        Exchange.failed += len(self.wrong) or (self.tried == 0)


class Controller:
    """A key and certificate as the sealed-secrets controller has them, in files."""

    def __init__(self, folder):
        key = rsa.generate_private_key(public_exponent=65537, key_size=4096)
        name = x509.Name([])  # as the controller makes it
        now = datetime.datetime.now(datetime.timezone.utc)
        certificate = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(now + datetime.timedelta(days=1)).sign(key, hashes.SHA256())
        )
        self.certificate = self._write(folder, "tls.crt", certificate.public_bytes(serialization.Encoding.PEM))
        plain, form = serialization.NoEncryption(), serialization.PrivateFormat.PKCS8
        self.pem = self._write(folder, "tls.key", key.private_bytes(serialization.Encoding.PEM, form, plain))
        self.der = self._write(folder, "tls.der", key.private_bytes(serialization.Encoding.DER, form, plain))

    @staticmethod
    def _write(folder, name, content):
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(content)
        return path


class Ours:
    """Our side: a process that answers each line with a line."""

    def __init__(self, command, controller):
        self.command = shlex.split(command) + [controller.certificate, controller.der]

    def answers(self, lines):
        with tempfile.TemporaryFile("w+") as asked, tempfile.TemporaryFile("w+") as answered:
            asked.writelines(line + "\n" for line in lines)
            asked.seek(0)
            subprocess.run(self.command, stdin=asked, stdout=answered, check=True)
            answered.seek(0)
            answers = answered.read().splitlines()
        if len(answers) != len(lines):
            sys.exit(f"our side gave {len(answers)} answers to {len(lines)} lines")
        return answers


def rings(chance):
    made = []
    for _ in range(60):
        keys = [base64.urlsafe_b64encode(chance.randbytes(32)).decode() for _ in range(chance.randint(1, 3))]
        made.append((",".join(keys), keys, MultiFernet([Fernet(key) for key in keys])))
    return made


def message(chance):
    longest = chance.choice([0, 1, 15, 16, 17, 64, 200, 600, 4096]) if chance.random() < 0.2 else 200
    return chance.randbytes(chance.randint(0, longest))


def python_opens(ours, chance, count, all_rings):
    exchange = Exchange("Python opens what is encrypted here")
    work = [(chance.choice(all_rings), message(chance)) for _ in range(count)]
    answers = ours.answers([f"encrypt {ring[0]} {text.hex()}" for ring, text in work])
    for (ring, text), token in zip(work, answers):
        try:
            # By the first key alone: that is the one that must have encrypted.
            exchange.expect(Fernet(ring[1][0]).decrypt(token.encode()) == text, token)
        except InvalidToken:
            exchange.expect(False, token)
    exchange.report()


def we_open(ours, chance, count, all_rings):
    exchange = Exchange("Opened here: what Python encrypted with any key of a ring")
    work = []
    for _ in range(count):
        ring, text = chance.choice(all_rings), message(chance)
        work.append((ring, text, Fernet(chance.choice(ring[1])).encrypt(text).decode()))
    answers = ours.answers([f"open {ring[0]} {token}" for ring, _, token in work])
    for (_, text, token), answer in zip(work, answers):
        exchange.expect(answer == text.hex(), token)
    exchange.report()


def damaged_is_refused(ours, chance, count, all_rings):
    exchange = Exchange("Refused by both: damaged tokens, and tokens of another key")
    work = []
    for number in range(count):
        ring = chance.choice(all_rings)
        token = Fernet(ring[1][0]).encrypt(message(chance))
        if number % 3 == 0:
            ring = (Fernet.generate_key().decode(),) * 2 + (None,)
        else:
            raw = bytearray(base64.urlsafe_b64decode(token))
            at = chance.randrange(len(raw))
            if number % 3 == 1:
                raw[at] ^= 1 << chance.randrange(8)
            else:
                del raw[at:]
            token = base64.urlsafe_b64encode(bytes(raw))
        work.append((ring, token.decode()))
    answers = ours.answers([f"open {ring[0]} {token}" for ring, token in work])
    for (ring, token), answer in zip(work, answers):
        exchange.expect(answer == "refused" and not python_can(ring[0], token), token)
    exchange.report()


def python_can(keys, token):
    try:
        MultiFernet([Fernet(key) for key in keys.split(",")]).decrypt(token.encode())
        return True
    except InvalidToken:
        return False


def kubeseal_opens(ours, chance, count, kubeseal, controller):
    for scope, (_, annotations) in SCOPES.items():
        exchange = Exchange(f"kubeseal opens what is sealed here, {scope}")
        values = {f"k{number}": message(chance) for number in range(count)}
        answers = ours.answers([f"seal {scope} {NAMESPACE} {NAME} {value.hex()}" for value in values.values()])
        sealed = dict(zip(values, answers))
        opened = recover(kubeseal, controller, sealed, annotations, NAMESPACE, NAME)
        for key, value in values.items():
            exchange.expect(opened.get(key) == value, sealed[key])
        exchange.report()
        elsewhere = Exchange(f"kubeseal refuses it where the scope does not reach, {scope}")
        one = {"k0": sealed["k0"]}
        for namespace, name, reaches in (
            (NAMESPACE, "other", scope != "Strict"),
            ("other", NAME, scope == "ClusterWide"),
        ):
            opens = recover(kubeseal, controller, one, annotations, namespace, name) != {}
            elsewhere.expect(opens == reaches, f"{namespace}/{name}")
        elsewhere.report()


def recover(kubeseal, controller, sealed, annotations, namespace, name):
    meta = {"name": name, "namespace": namespace, "annotations": annotations}
    manifest = {
        "apiVersion": "bitnami.com/v1alpha1",
        "kind": "SealedSecret",
        "metadata": meta,
        "spec": {"encryptedData": sealed, "template": {"metadata": meta}},
    }
    done = subprocess.run(
        [kubeseal, "--recovery-unseal", "--recovery-private-key", controller.pem],
        input=json.dumps(manifest).encode(), capture_output=True, check=False,
    )
    if done.returncode != 0:
        return {}
    data = json.loads(done.stdout).get("data", {})
    # An empty value is null in Go.
    return {key: base64.b64decode(value or "") for key, value in data.items()}


def we_unseal(ours, chance, count, kubeseal, controller):
    for scope, (flag, annotations) in SCOPES.items():
        exchange = Exchange(f"Opened here: what kubeseal sealed, {scope}")
        values = [message(chance) for _ in range(count)]
        sealed = sealed_as_secret(kubeseal, controller, values, annotations)
        for value in values[:10]:
            sealed.append(sealed_raw(kubeseal, controller, value, flag))
        values += values[:10]
        answers = ours.answers([f"unseal {scope} {NAMESPACE} {NAME} {data}" for data in sealed])
        for value, data, answer in zip(values, sealed, answers):
            exchange.expect(answer == value.hex(), data)
        exchange.report()


def sealed_as_secret(kubeseal, controller, values, annotations):
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": NAME, "namespace": NAMESPACE, "annotations": annotations},
        "data": {f"k{number}": base64.b64encode(value).decode() for number, value in enumerate(values)},
    }
    done = subprocess.run(
        [kubeseal, "--cert", controller.certificate, "-o", "json"],
        input=json.dumps(secret).encode(), capture_output=True, check=True,
    )
    data = json.loads(done.stdout)["spec"]["encryptedData"]
    return [data[f"k{number}"] for number in range(len(values))]


def sealed_raw(kubeseal, controller, value, flag):
    return subprocess.run(
        [kubeseal, "--raw", "--cert", controller.certificate, "--from-file=/dev/stdin", "--scope", flag]
        + ["--namespace", NAMESPACE, "--name", NAME],
        input=value, capture_output=True, check=True,
    ).stdout.decode()


def command_line(cli, chance, kubeseal, controller):
    exchange = Exchange("The command line: tokens and sealed keys, both directions")
    ring = [Fernet.generate_key().decode() for _ in range(2)]
    environment = dict(os.environ, ENCRYPTION_KEY=",".join(ring))
    environment.pop("ENCRYPTION_KEY_FILE", None)

    def run(*arguments, given):
        return subprocess.run(
            [cli, *arguments], input=given.encode(), capture_output=True, env=environment, check=False
        )

    place = ["--namespace", NAMESPACE, "--name", "openai-team-a", "--provider", "OpenAI"]
    for _ in range(5):
        key = "sk-" + base64.urlsafe_b64encode(chance.randbytes(chance.randint(1, 60))).decode().rstrip("=")
        envelope = {
            "llmconfig": 1, "for": "spec", "namespace": NAMESPACE, "name": "openai-team-a",
            "endpoint": OWN_ENDPOINT, "key": key,
        }
        made = run("encrypt", *place, given=key)
        exchange.expect(json.loads(Fernet(ring[0]).decrypt(made.stdout.strip())) == envelope, "encrypt")
        bare = run("encrypt", "--unbound", given=key)
        exchange.expect(Fernet(ring[0]).decrypt(bare.stdout.strip()).decode() == key, "encrypt --unbound")
        token = Fernet(ring[1]).encrypt(json.dumps(envelope).encode()).decode()
        exchange.expect(run("decrypt-check", *place, given=token).returncode == 0, "decrypt-check of Python's token")
        elsewhere = Fernet(ring[1]).encrypt(json.dumps(dict(envelope, name="other")).encode()).decode()
        exchange.expect(run("decrypt-check", *place, given=elsewhere).returncode == 1, "decrypt-check of another's token")
        generated = run("keygen", given="").stdout.strip()
        exchange.expect(Fernet(generated) is not None, "keygen")
        for scope, (_, annotations) in SCOPES.items():
            sealed = run("seal", "--cert", controller.certificate, "--scope", scope, *place, given=key)
            opened = recover(kubeseal, controller, {"k": sealed.stdout.decode().strip()}, annotations, NAMESPACE, NAME)
            exchange.expect(opened == {"k": key.encode()}, f"seal --scope {scope}")
    exchange.report()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("--peer", "--cli", "--kubeseal"):
        parser.add_argument(option, required=True)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        controller = Controller(folder)
        ours = Ours(options.peer, controller)
        all_rings = rings(chance)
        python_opens(ours, chance, options.messages, all_rings)
        we_open(ours, chance, options.messages, all_rings)
        damaged_is_refused(ours, chance, max(options.messages // 10, 1), all_rings)
        kubeseal_opens(ours, chance, 200, options.kubeseal, controller)
        we_unseal(ours, chance, 200, options.kubeseal, controller)
        command_line(options.cli, chance, options.kubeseal, controller)
    if Exchange.failed:
        sys.exit(f"{Exchange.failed} failed; INTEROP_SEED={options.seed} repeats this run")
    print("0 failed")


main()
