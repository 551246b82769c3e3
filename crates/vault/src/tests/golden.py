"""An independent writing of the formats that the crate's documentation describes, in another language and with
another library: what golden.rs pins. Needs the package `cryptography`; run by hand, never by the tests."""

import hashlib, hmac, struct
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.hashes import SHA256


def derive(key, *labels):
    return HKDFExpand(SHA256(), 32, b"".join(labels)).derive(key)


def mac(key, *parts):
    return hmac.new(key, b"".join(parts), "sha256").digest()


def named(text):
    return struct.pack(">H", len(text)) + text


def envelope(key, nonce, associated, plain):
    return b"\1" + nonce + AESGCM(key).encrypt(nonce, plain, associated)


def show(name, value):
    print(f'const {name}: &str = "{value.hex()}";')


dossier_id = bytes.fromhex("0193aaaabbbb7ccc8dddeeeeffff0000")
row_id = bytes.fromhex("0193aaaabbbb7ccc8dddeeeeffff0001")
file_id = bytes.fromhex("0193aaaabbbb7ccc8dddeeeeffff0002")
dossier_key, nonce, salt = bytes(range(32)), bytes(range(100, 112)), bytes(range(200, 216))

place = b"vivier/1/cell" + dossier_id + row_id + named(b"people") + named(b"email")
show("CELL", envelope(derive(dossier_key, b"vivier/1/cells"), nonce, place, "zoé@exemple.fr".encode()))
show("PSEUDONYM", derive(dossier_key, b"vivier/1/pseudonym"))


def sealed_file(plain):
    key, header = derive(dossier_key, b"vivier/1/file", file_id, salt), b"VIVF\1" + salt
    chunks = [plain[at:at + 65536] for at in range(0, len(plain), 65536)] or [b""]
    out = header
    for number, chunk in enumerate(chunks):
        last = number == len(chunks) - 1
        out += AESGCM(key).encrypt(bytes(7) + struct.pack(">IB", number, last), chunk, header)
    return out


show("EMPTY_FILE", sealed_file(b""))
show("SMALL_FILE", sealed_file(b"%PDF-"))
show("LARGE_FILE_SHA256", hashlib.sha256(sealed_file(bytes(i % 251 for i in range(150_000)))).digest())

master, site_salt, secret = bytes([7] * 32), bytes([9] * 32), bytes(range(32, 64))
root = hmac.new(site_salt, master, "sha256").digest()
wrap = derive(root, b"vivier/1/wrap")
show("CHECK", derive(root, b"vivier/1/check"))
show("SITE", b"\1" + site_salt + envelope(wrap, nonce, b"vivier/1/site", secret))
show("WRAPPED", envelope(wrap, nonce, b"vivier/1/key" + dossier_id, dossier_key))
show("EMAIL", mac(derive(secret, b"vivier/1/lookup"), named(b"email"), b"zoe@exemple.fr"))
show("TOKEN_MAC", mac(derive(secret, b"vivier/1/token-mac"), named(b"csrf"), b"abc"))
token = derive(secret, b"vivier/1/token-seal")
show("TOKEN", envelope(token, nonce, b"vivier/1/token" + named(b"draft"), b"kept"))
show("SUBJECT", mac(derive(secret, b"vivier/1/subject"), row_id))


def leaf(seq, at, entry, kind, subject, text):
    subject = b"\0" if subject is None else b"\1" + subject
    return b"\1" + struct.pack(">qq", seq, at) + entry + named(kind) + subject + struct.pack(">I", len(text)) + text


def leaf_hash(leaf):
    return hashlib.sha256(b"\0" + leaf).digest()


first = leaf(0, 1_800_000_000_000, row_id, b"application.received", bytes([3] * 32), b'{"files":1}')
second = leaf(1, 1_800_000_000_001, file_id, b"sweep", None, b"{}")
head = hashlib.sha256(b"\2" + bytes(32) + leaf_hash(first)).digest()
show("LEDGER_LEAF", first)
show("LEDGER_0", head)
show("LEDGER_1", hashlib.sha256(b"\2" + head + leaf_hash(second)).digest())
withdrawn = leaf(0, 1_800_000_000_000, b"", b"withdrawn", bytes([3] * 32), b"talent_pool")
show("JOURNAL_0", mac(derive(secret, b"vivier/1/journal"), b"\2", bytes(32), leaf_hash(withdrawn)))
