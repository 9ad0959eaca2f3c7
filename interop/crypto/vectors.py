"""Makes the vectors that the unit tests read: python.json and kubeseal.json.

Usage: vectors.py FOLDER KUBESEAL. The tokens are new in each run, because encryption is randomised; the messages are not.
"""

import base64
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile

from cryptography import x509
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

SCOPES = {"Strict": "strict", "NamespaceWide": "namespace-wide", "ClusterWide": "cluster-wide"}


def fernet_vectors(chance):
    lengths = list(range(0, 50)) + [63, 64, 65, 255, 256, 1000, 4096]
    tokens = []
    for length in lengths:
        key, message = Fernet.generate_key(), chance.randbytes(length)
        when = chance.choice([0, 1, 499162800, 1700000000, 2**31, 2**32, 2**40])
        token = Fernet(key).encrypt_at_time(message, when)
        tokens.append({"key": key.decode(), "time": when, "message": message.hex(), "token": token.decode()})
    ring = [Fernet.generate_key() for _ in range(3)]
    by_ring = []
    for position, key in enumerate(ring):
        message = chance.randbytes(40)
        by_ring.append({"position": position, "message": message.hex(), "token": Fernet(key).encrypt(message).decode()})
    whole = MultiFernet([Fernet(key) for key in ring])
    message = chance.randbytes(40)
    by_ring.append({"position": 0, "message": message.hex(), "token": whole.encrypt(message).decode()})
    return {"fernet": tokens, "ring": ",".join(key.decode() for key in ring), "byRing": by_ring}


def certificate(key, start, end, *names):
    # The controller's own certificate has no names at all.
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, name) for name in names])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


def kubeseal_vectors(chance, kubeseal):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    small = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    start, end = datetime.datetime(2020, 1, 1), datetime.datetime(2120, 1, 1)
    good = certificate(key, start, end)
    values = []
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(good)
        file.flush()
        for scope, flag in SCOPES.items():
            for length in (0, 1, 16, 51, 4096):
                value = chance.randbytes(length)
                sealed = subprocess.run(
                    [kubeseal, "--raw", "--cert", file.name, "--from-file=/dev/stdin", "--scope", flag]
                    + ["--namespace", "agents", "--name", "openai-sealed"],
                    input=value, capture_output=True, check=True,
                ).stdout.decode()
                values.append({"scope": scope, "value": value.hex(), "sealed": sealed})
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "privateKey": base64.b64encode(private).decode(),
        "certificate": good,
        "withNames": certificate(key, start, end, "sealed-secret"),
        "ofEllipticCurve": certificate(ec.generate_private_key(ec.SECP256R1()), start, end, "other"),
        "expired": certificate(key, start, datetime.datetime(2021, 1, 1)),
        "tooSmall": certificate(small, start, end),
        "namespace": "agents",
        "name": "openai-sealed",
        "values": values,
    }


def main(folder, kubeseal):
    chance = random.Random(20261120)
    for name, content in (("python", fernet_vectors(chance)), ("kubeseal", kubeseal_vectors(chance, kubeseal))):
        with open(os.path.join(folder, name + ".json"), "w") as file:
            json.dump(content, file, indent=1)
            file.write("\n")


main(*sys.argv[1:])
