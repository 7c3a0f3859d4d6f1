import { CardFace } from "../components/card_face.jsx";
import { SubPage, WithWallet } from "../components/page.jsx";
import { find } from "../store.js";

export default function CardPage({ id }) {
  return (
    <SubPage title="会员卡">
      <WithWallet>
        {() => {
          const found = find(id);
          return found ? <CardFace {...found} /> : <p class="empty">没有这张会员卡</p>;
        }}
      </WithWallet>
    </SubPage>
  );
}
