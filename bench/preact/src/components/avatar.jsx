import { initial } from "../../../shared/card.js";

/** A merchant's picture, over the first character of its name until that is there. */
export function Avatar({ as: Tag = "span", merchant, ...attributes }) {
  return (
    <Tag class="avatar" {...attributes}>
      {initial(merchant.name)}
      {merchant.avatar_url && (
        <img src={merchant.avatar_url} alt="" decoding="async" onError={hide} />
      )}
    </Tag>
  );
}

const hide = (event) => (event.currentTarget.hidden = true);
