/**
 * Leaves for the sign-in that a reply with status 401 names, and comes back to this page. The
 * promise never settles, so that nothing is drawn meanwhile.
 */
export function signIn({ login_url }) {
  const back = encodeURIComponent(location.pathname + location.search);
  location.replace(`${login_url}${login_url.includes("?") ? "&" : "?"}return_to=${back}`);
  return new Promise(() => {});
}
