/*
 * What services really send, and what somebody might.
 */

export const longDomain =
  "a-very-long-subdomain-that-goes-on.and-another-one.donaudampfschifffahrtsgesellschaft.example.co.uk";
export const longWord =
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
export const hostile = `<img src=x onerror="alert(1)"><b>bold</b> {{7*7}} {site} https://evil.example/`;
export const rightToLeft = "الملف الشخصي של עדה";
