import type { PageKind, View, Way } from "../platform/types";

/** A page that can be opened. */
export interface Offer {
  page: PageKind;
  host: string;
  usedUp: boolean;
}

const pages: Partial<Record<Way, PageKind>> = {
  open_live_view: "live_view",
  open_hosted_page: "hosted_page",
};

/** The pages that are offered and are a way to go on, best first. */
export function pagesOf(view: View): Offer[] {
  return view.ways.flatMap((way) => {
    const page = pages[way];
    if (page === undefined) return [];
    const offer = view[page];
    return offer.state === "offered" ? [{ page, host: offer.host, usedUp: offer.used_up }] : [];
  });
}
