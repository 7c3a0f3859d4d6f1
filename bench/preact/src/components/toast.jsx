import { toast } from "../store.js";

/** What has just happened, for a few seconds. */
export function Toast() {
  return <div role="status">{toast.value && <p class="toast">{toast}</p>}</div>;
}
