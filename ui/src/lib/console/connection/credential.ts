import type { CredentialFact, ProxyFact } from "../../platform/types";
import type { Key, Values } from "../../words/words";

/** A text of the catalogue with what is filled into it. */
interface Sentence {
  key: Key;
  values: Values;
}

/** The stored credential in words. */
export function credentialWords(credential: CredentialFact | null): Sentence {
  if (credential === null) return { key: "facts.none", values: {} };
  switch (credential.kind) {
    case "kernel":
      return { key: "facts.credential_kernel", values: { name: credential.name } };
    case "item": {
      const { provider, path } = credential;
      return { key: "facts.credential_item", values: { provider, path } };
    }
    case "search":
      return { key: "facts.credential_search", values: { provider: credential.provider } };
    case "inert":
      return { key: "facts.credential_inert", values: { provider: credential.provider } };
  }
}

/** From which address sites see the remote browser come, in words. */
export function proxyWords(proxy: ProxyFact | null): Sentence {
  if (proxy === null) return { key: "facts.proxy_default", values: {} };
  switch (proxy.kind) {
    case "id":
      return { key: "facts.proxy_id", values: { id: proxy.id } };
    case "name":
      return { key: "facts.proxy_name", values: { name: proxy.name } };
    case "direct":
    case "default":
      return { key: `facts.proxy_${proxy.kind}`, values: {} };
  }
}
