import type { LiveViewState } from "../../platform/types";

/** Whether this page's web engine has WebRTC. WebKitGTK's has not. */
export function engineHasWebRtc(): boolean {
  return typeof RTCPeerConnection !== "undefined";
}

/** What can be shown of a live view on this page. */
export type Showing =
  | { kind: "none" }
  | { kind: "coming" }
  | { kind: "frame"; host: string; frame: string }
  | { kind: "no_webrtc"; host: string }
  | { kind: "elsewhere"; host: string }
  | { kind: "gone" };

/**
 * What can be shown. A view that the engine can't show is never framed: it would stay black, and
 * say nothing.
 */
export function showingOf(view: LiveViewState, needsWebRtc: boolean): Showing {
  if (view.kind !== "here") return view;
  const { host, frame } = view;
  return needsWebRtc && !engineHasWebRtc()
    ? { kind: "no_webrtc", host }
    : { kind: "frame", host, frame };
}

/** The address of a view's frame. Without `?control` the other side takes no input. */
export function frameAddress(frame: string, control: boolean): string {
  return control ? `${frame}?control` : frame;
}
