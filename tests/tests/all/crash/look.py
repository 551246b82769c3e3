"""What lies in a site's folder and key store, read by another hand than the one that wrote it: rows, sealed files, and
whether ledger and journal hang together. Says it in one line of JSON.

    look.py SITE_FOLDER KEY_STORE
"""

import hashlib
import json
import os
import sqlite3
import struct
import sys

folder, key_store = sys.argv[1:]


def connected(path):
    database = sqlite3.connect(path, timeout=20, isolation_level=None)
    database.execute("PRAGMA query_only = ON")
    return database


data, keys = connected(os.path.join(folder, "data.db")), connected(key_store)


def rows(database, question):
    return [list(row) for row in database.execute(question)]


def leaf(seq, at, kind, subject, rest, entry=b""):
    """The canonical encoding of a row (crates/vault/src/chain.rs)."""
    kind, rest = kind.encode(), rest.encode()
    subject = b"\0" if subject is None else b"\1" + subject
    return b"\1" + struct.pack(">qq", seq, at) + entry + struct.pack(">H", len(kind)) + kind + subject + struct.pack(">I", len(rest)) + rest


def chain(name, question):
    """How long it is, and the first row that is wrong. The journal's hashes are keyed: there only the order is held."""
    length, head = rows(keys, f"SELECT length, hash FROM heads WHERE chain = '{name}'")[0]
    before, count = bytes(32), 0
    for seq, at, kind, subject, rest, previous, hash, entry in rows(keys, question):
        entry = bytes.fromhex(entry or "")
        inner = hashlib.sha256(b"\0" + leaf(seq, at, kind, subject, rest, entry)).digest()
        whole = name == "journal" or hash == hashlib.sha256(b"\2" + before + inner).digest()
        if seq != count or previous != before or not whole:
            return {"length": length, "broken": seq}
        before, count = hash, count + 1
    return {"length": length, "broken": None if (count, before) == (length, head) else count}


def sealed():
    """(dossier, file) of each file on the disk, and the names of those that were never put in place."""
    root = os.path.join(folder, "files")
    found = []
    for part in sorted(os.listdir(root)):
        if part != "incoming":
            for dossier in os.listdir(os.path.join(root, part)):
                found += [[dossier, file] for file in os.listdir(os.path.join(root, part, dossier))]
    return sorted(found), os.listdir(os.path.join(root, "incoming"))


placed, incoming = sealed()
dossiers = {row[0] for row in rows(data, "SELECT id FROM dossiers")}
active = {row[0] for row in rows(keys, "SELECT dossier FROM keys WHERE state = 'active'")}
print(json.dumps({
    "applications": [row[0] for row in rows(data, "SELECT id FROM applications")],
    "mails": rows(data, "SELECT id, dossier, kind, state FROM mails"),
    "disclosures": rows(data, "SELECT dossier, COUNT(*) FROM disclosures GROUP BY dossier"),
    "jobs": rows(data, "SELECT kind, state FROM jobs"),
    "unsequenced": rows(data, "SELECT COUNT(*) FROM ledger_queue")[0][0],
    "files": sorted(rows(data, "SELECT dossier, id FROM files")),
    "placed": placed,
    "incoming": incoming,
    "unsettled": rows(keys, "SELECT COUNT(*) FROM keys WHERE settled = FALSE")[0][0],
    "keyless": sorted(dossiers - active),
    "ledger": chain("ledger", "SELECT seq, at, kind, subject, body, previous, hash, entry FROM ledger ORDER BY seq"),
    "journal": chain("journal", "SELECT seq, at, kind, subject, scope, previous, hash, NULL FROM journal ORDER BY seq"),
}))
