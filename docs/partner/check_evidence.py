#!/usr/bin/env python3
"""Checks an evidence file with nothing of Entente's: python3-jwcrypto and the standard library.

usage: check_evidence.py FILE        prints each check; exit 0 when all hold
"""
import base64
import hashlib
import json
import sys

from jwcrypto import jwk, jws


def sha256(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def strict_json(text):
    """JSON in which no member is named twice: two readers must not see two things."""

    def once(pairs):
        if len({name for name, _ in pairs}) != len(pairs):
            raise ValueError("a member is named twice")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=once)


def signing_key(card):
    """The key by which a card is signed stands in the card; the safety number says whose it is."""
    payload = strict_json(unb64(card.split(".")[1]))
    (key,) = [key for key in payload["jwks"]["keys"] if key["use"] == "sig"]
    return jwk.JWK(**{name: key[name] for name in ("kty", "crv", "x", "y")})


def signed(text, typ, key):
    """The payload of a compact JWS of this type by this key; raises when it is not."""
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


def checks(evidence):
    sender_key, receiver_key = map(signing_key, evidence["cards"])
    sender = signed(evidence["cards"][0], "entente-card+jwt", sender_key)
    receiver = signed(evidence["cards"][1], "entente-card+jwt", receiver_key)
    batch = signed(evidence["batch"], "entente-batch+jwt", sender_key)
    receipt = signed(evidence["receipt"], "entente-receipt+jwt", receiver_key)
    head = signed(evidence["treeHead"], "entente-tree-head+jwt", receiver_key)
    yield "signatures", True

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

    leaf = evidence["leaf"]
    event = leaf["event"].encode()
    yield "leaf-place", leaf["index"] == entry.get("leaf") and head["node"] == receiver["node"]
    yield "leaf-names-message", strict_json(event).get("hash") == b64(sha256(line))
    yield "leaf-in-ledger", included(event, leaf["index"], head["size"], evidence["inclusionProof"], head["root"])
    print(f"{nodes[0]} sent message {message['id']} to {nodes[1]}, which signed for it at {receipt['at']}")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        evidence = strict_json(file.read())
    all_hold = True
    for name, holds in checks(evidence):
        print(("holds " if holds else "FAILS ") + name)
        all_hold &= holds
    sys.exit(0 if all_hold else 1)


if __name__ == "__main__":
    main()
