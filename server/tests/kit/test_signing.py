"""Texts that come back, and keys from one secret."""

from hypothesis import given
from hypothesis import strategies as st

from jumpa.kit.signing import Signer, derive, fingerprint

SIGNER = Signer(b"k" * 32)


class TestSigner:
    @given(st.text(alphabet=st.characters(codec="utf-8"), max_size=50))
    def test_reads_what_it_signed(self, text: str) -> None:
        assert SIGNER.read(SIGNER.sign(text)) == text

    @given(st.text(max_size=100))
    def test_reads_nothing_else(self, text: str) -> None:
        assert SIGNER.read(text) is None

    @given(st.text(alphabet=st.characters(codec="ascii"), min_size=1, max_size=20), st.data())
    def test_notices_every_changed_bit(self, text: str, data: st.DataObject) -> None:
        signed = SIGNER.sign(text)
        place = data.draw(st.integers(0, len(signed) - 1))
        other = data.draw(
            st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ").filter(
                lambda character: character != signed[place]
            )
        )
        forged = signed[:place] + other + signed[place + 1 :]

        # The last character may hold bits that do not count.
        assert SIGNER.read(forged) in ({None, text} if place == len(signed) - 1 else {None})

    def test_does_not_read_what_another_key_signed(self) -> None:
        assert SIGNER.read(Signer(b"j" * 32).sign("tea")) is None

    def test_does_not_show_its_key(self) -> None:
        assert "kkk" not in repr(SIGNER)


class TestDerive:
    def test_gives_each_purpose_its_own_key(self) -> None:
        keys = {derive(b"s" * 32, purpose) for purpose in ("seats", "keys", "")}

        assert len(keys) == 3
        assert all(len(key) == 32 for key in keys)

    def test_gives_the_same_key_again(self) -> None:
        assert derive(b"s", "seats") == derive(b"s", "seats")


class TestFingerprint:
    def test_does_not_hold_the_token(self) -> None:
        assert "token" not in fingerprint("token")
        assert fingerprint("token") == fingerprint("token") != fingerprint("Token")
