/** What the server offers for signing up and in; the pages work as well without its answer. */

import { useEffect, useState } from "preact/hooks";
import { type SignInOptions, signInOptions } from "@/api/auth";
import { ApiError } from "@/api/client";

/** The shortest password where nothing else is said. */
const USUAL_CHARACTERS = 8;
const UNKNOWN: SignInOptions = {
  is_registration_open: true,
  password_characters: USUAL_CHARACTERS,
  oidc_name: null,
};

/** What is offered; what is usual until the server has answered. */
export function useSignInOptions(): SignInOptions {
  const [options, setOptions] = useState(UNKNOWN);
  useEffect(() => {
    let isHere = true;
    signInOptions().then(
      (offered) => isHere && setOptions(offered),
      (error) => {
        if (!(error instanceof ApiError)) {
          throw error;
        }
      },
    );
    return () => {
      isHere = false;
    };
  }, []);
  return options;
}
