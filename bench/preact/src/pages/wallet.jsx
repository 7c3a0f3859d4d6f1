import { SEARCHABLE_FROM } from "../../../shared/wallet.js";
import { ORDERS, othersOf } from "../../../shared/words.js";
import { CardFace } from "../components/card_face.jsx";
import { CardRow } from "../components/card_row.jsx";
import { WithWallet } from "../components/page.jsx";
import { WindowedList } from "../components/windowed_list.jsx";
import { current, order, otherCards, query, wallet } from "../store.js";

export function WalletPage() {
  return (
    <main class="app">
      <WithWallet>{() => <Wallet />}</WithWallet>
    </main>
  );
}

function Wallet() {
  return (
    <>
      <header class="header">
        <h1>{wallet.value.account.name}</h1>
      </header>
      <section id="current-card" aria-live="polite">
        {current.value ? <CardFace {...current.value} /> : <p class="empty">还没有会员卡</p>}
      </section>
      {wallet.value.cards.length >= SEARCHABLE_FROM && <Controls />}
      <OtherCards />
    </>
  );
}

function Controls() {
  const search = (event) => {
    // What an input method is composing is not yet what is meant.
    if (!event.isComposing) query.value = event.currentTarget.value;
  };
  return (
    <div class="others">
      <input
        class="search"
        type="search"
        aria-label="搜索会员卡"
        placeholder="店名、拼音首字母或卡号"
        autocomplete="off"
        value={query}
        onInput={search}
        onCompositionEnd={search}
      />
      <div class="orders" role="group" aria-label="排序">
        {ORDERS.map(([name, label]) => (
          <button
            key={name}
            aria-pressed={order.value === name}
            onClick={() => (order.value = name)}
          >
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}

function OtherCards() {
  const { inFocus, others } = otherCards.value;
  const isEmpty = query.value && !inFocus.length && !others.length;
  return (
    <>
      <Group title={current.value && othersOf(current.value.merchant)} rows={inFocus} />
      <Group title="其他会员卡" rows={others} />
      <div role="status">{isEmpty && <p class="empty">没有符合的会员卡</p>}</div>
    </>
  );
}

function Group({ title, rows }) {
  if (!rows.length) return null;
  return (
    <section class="others">
      {title && <h2>{title}</h2>}
      <WindowedList rows={rows}>{(row) => <CardRow {...row} />}</WindowedList>
    </section>
  );
}
