/** Passkeys of this browser (WebAuthn Level 3): JSON in, JSON out. */

/** Whether this browser can make and use passkeys here; it does so on secure pages only. */
export function canUsePasskeys(): boolean {
  return (
    typeof PublicKeyCredential === "function" &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function" &&
    typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function"
  );
}

/** Let somebody pick a passkey; undefined when they picked none. */
export function getPasskey(options: object): Promise<Record<string, unknown> | undefined> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as PublicKeyCredentialRequestOptionsJSON,
  );
  return answered(navigator.credentials.get({ publicKey }));
}

/** Let the browser make a passkey; undefined when somebody declined. */
export function createPasskey(options: object): Promise<Record<string, unknown> | undefined> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  );
  return answered(navigator.credentials.create({ publicKey }));
}

async function answered(
  asked: Promise<Credential | null>,
): Promise<Record<string, unknown> | undefined> {
  try {
    const credential = await asked;
    return credential instanceof PublicKeyCredential ? { ...credential.toJSON() } : undefined;
  } catch (error) {
    // Declined, timed out, not for this address, or known already: nobody was harmed.
    if (error instanceof DOMException) {
      return undefined;
    }
    throw error;
  }
}
