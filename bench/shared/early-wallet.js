// Asks for the wallet while the app is on its way. It is inlined into the page.
{
  const account = location.pathname.split("/")[2];
  window.earlyWallet = fetch(`/api/v1/accounts/${account}/wallet`, {
    headers: { "Accept-Language": "zh-CN" },
  });
  // Whoever uses the reply handles a failure; until then it is nobody's.
  window.earlyWallet.catch(() => {});
}
