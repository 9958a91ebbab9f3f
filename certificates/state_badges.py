"""Which badge shows the state of a certificate; the words are always there too."""

from certificates.enums import PublicState

STATE_BADGES = {
    PublicState.VALID: "success",
    PublicState.EXPIRED: "accent",
    PublicState.REVOKED: "error",
}
