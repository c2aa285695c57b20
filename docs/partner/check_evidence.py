#!/usr/bin/env python3
"""Checks an evidence file with nothing of Entente's: python3-jwcrypto and the standard library.

usage: check_evidence.py FILE [CARD...]

Prints each check; CARD files are cards that you have from their owners: the evidence's must be signed by the same keys.
exit 0: all hold. exit 1: one fails, or the file is not evidence. exit 2: all hold, but the file says that it lacks the
proof from the receiver's ledger.
"""
import base64
import hashlib
import json
import sys

from jwcrypto import jwk, jws
from jwcrypto.common import JWException

LEDGER = ("leaf", "inclusionProof")
MEMBERS = {"v", "message", "path", "batch", "envelope", "receipt", "cards"}
OPTIONAL = {*LEDGER, "treeHead", "lacks"}


def sha256(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    """Exact base64url: no padding, no other letter, no bit beyond the last byte."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64(data) != text:
        raise ValueError("not exact base64url")
    return data


def strict_json(text):
    """JSON in which no member is named twice: two readers must not see two things."""

    def once(pairs):
        if len({name for name, _ in pairs}) != len(pairs):
            raise ValueError("a member is named twice")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=once)


def canonical(value):
    """RFC 8785, for what an evidence file holds: texts, whole numbers, lists, and members with ASCII names."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    evidence = strict_json(data.decode())
    if canonical(evidence) != data:
        raise ValueError("it is not canonical JSON, so not the file that was made")
    if evidence["v"] != 1 or not MEMBERS <= evidence.keys() <= MEMBERS | OPTIONAL or len(evidence["cards"]) != 2:
        raise ValueError("it is not evidence of version 1")
    if evidence.get("lacks", []) != ([] if all(name in evidence for name in LEDGER) else ["ledger-proof"]):
        raise ValueError("it does not say what it lacks")
    return evidence


def signing_key(card):
    """The key by which a card is signed stands in the card; the safety number says whose it is."""
    payload = strict_json(unb64(card.split(".")[1]))
    (key,) = [key for key in payload["jwks"]["keys"] if key["use"] == "sig"]
    return jwk.JWK(**{name: key[name] for name in ("kty", "crv", "x", "y")})


def signed(text, typ, key):
    """The payload of a compact JWS of this type by this key; raises when it is not."""
    for part in text.split("."):
        unb64(part)
    signature = jws.JWS()
    signature.allowed_algs = ["ES256", "ES384"]
    signature.deserialize(text, key=key)
    header = signature.jose_header
    if header.get("typ") != typ or header.get("kid") != key.thumbprint():
        raise ValueError(f"not a {typ} by this key")
    return strict_json(signature.payload)


def included(leaf, index, size, path, root):
    """RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    fn, sn, r = index, size - 1, sha256(b"\x00" + leaf)
    for p in map(unb64, path):
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = sha256(b"\x01" + p + r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha256(b"\x01" + r + p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == unb64(root)


def safety_number(keys):
    digest = sha256("\n".join(sorted(key.thumbprint() for key in keys)).encode())
    bits = int.from_bytes(digest[:30], "big")
    return " ".join(f"{(bits >> 20 * (11 - i) & 0xFFFFF) % 100000:05}" for i in range(12))


def checks(evidence, known):
    keys = sender_key, receiver_key = [signing_key(card) for card in evidence["cards"]]
    sender = signed(evidence["cards"][0], "entente-card+jwt", sender_key)
    receiver = signed(evidence["cards"][1], "entente-card+jwt", receiver_key)
    batch = signed(evidence["batch"], "entente-batch+jwt", sender_key)
    receipt = signed(evidence["receipt"], "entente-receipt+jwt", receiver_key)
    yield "signatures", True
    for card in known:
        yield "known-card", signing_key(card).thumbprint() in [key.thumbprint() for key in keys]

    line = evidence["message"].encode()
    message = strict_json(line)
    # Times are of one form and one zone: they compare as text.
    current = sender["issued"] <= batch["at"] < sender["expires"]
    yield "cards-current", current and receiver["issued"] <= receipt["at"] < receiver["expires"]
    nodes = (sender["node"], receiver["node"])
    ends = (message["from"].split("@")[1], message["to"].split("@")[1])
    yield "parties", nodes == ends == (batch["from"], batch["to"]) == (receipt["to"], receipt["from"])
    index = message["seq"] - batch["first"]
    yield "message-in-batch", included(line, index, batch["count"], evidence["path"], batch["root"])

    yield "receipt-envelope", receipt["envelope"] == evidence["envelope"]
    entries = [entry for entry in receipt["entries"] if entry["seq"] == message["seq"]]
    entry = entries[0] if len(entries) == 1 else {}
    yield "message-in-receipt", (entry.get("id"), entry.get("sha256")) == (message["id"], b64(sha256(line)))
    yield "accepted", entry.get("status") in ("accepted", "duplicate")
    if "lacks" not in evidence:
        head = receipted = receipt["treeHead"]
        if "treeHead" in evidence:
            head = signed(evidence["treeHead"], "entente-tree-head+jwt", receiver_key)
            same = head["size"] != receipted["size"] or head["root"] == receipted["root"]
            yield "tree-head-as-receipted", same and head["node"] == receiver["node"]
        leaf = evidence["leaf"]
        event = leaf["event"].encode()
        yield "leaf-place", leaf["index"] == entry.get("leaf")
        yield "leaf-names-message", strict_json(event).get("hash") == b64(sha256(line))
        yield "leaf-in-ledger", included(event, leaf["index"], head["size"], evidence["inclusionProof"], head["root"])
    print(f"{nodes[0]} signed message {message['id']} at {batch['at']}; {nodes[1]} signed for it at {receipt['at']}")
    print(f"keys: {sender_key.thumbprint()} {receiver_key.thumbprint()}; safety number: {safety_number(keys)}")


def main():
    all_hold = True
    try:
        evidence = read(sys.argv[1])
        for name, holds in checks(evidence, [open(card, encoding="ascii").read().strip() for card in sys.argv[2:]]):
            print(("holds " if holds else "FAILS ") + name)
            all_hold &= holds
    except (JWException, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError) as fault:
        print(f"FAILS {type(fault).__name__}: {fault}")
        sys.exit(1)
    if all_hold and "lacks" in evidence:
        print("LACKS the proof from the receiver's ledger")
    sys.exit((2 if "lacks" in evidence else 0) if all_hold else 1)


if __name__ == "__main__":
    main()
