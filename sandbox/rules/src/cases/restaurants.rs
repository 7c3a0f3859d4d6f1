//! Invented restaurants.

#[derive(Clone, Copy, Debug)]
pub(super) struct Restaurant {
    /// Its part of an id.
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) initials: &'static str,
    pub(super) pinyin: &'static str,
    pub(super) color: &'static str,
}

const fn restaurant(
    key: &'static str,
    name: &'static str,
    initials: &'static str,
    pinyin: &'static str,
    color: &'static str,
) -> Restaurant {
    Restaurant {
        key,
        name,
        initials,
        pinyin,
        color,
    }
}

pub(super) const SICHUAN: Restaurant = restaurant(
    "chuanwei",
    "川味小馆",
    "cwxg",
    "chuanweixiaoguan",
    "#b3261e",
);
pub(super) const NOODLES: Restaurant = restaurant(
    "jiangnan",
    "江南面馆",
    "jnmg",
    "jiangnanmianguan",
    "#1f5f8b",
);
pub(super) const HOTPOT: Restaurant =
    restaurant("laojie", "老街火锅", "ljhg", "laojiehuoguo", "#8c2f39");
pub(super) const TEA: Restaurant =
    restaurant("yunshang", "云上茶舍", "yscs", "yunshangchashe", "#2e6b4f");

/// For wallets with many cards.
pub(super) const MORE: &[Restaurant] = &[
    SICHUAN,
    NOODLES,
    HOTPOT,
    TEA,
    restaurant("haiwei", "海味渔家", "hwyj", "haiweiyujia", "#0b6e8a"),
    restaurant(
        "dongbei",
        "东北饺子王",
        "dbjzw",
        "dongbeijiaoziwang",
        "#7a4a21",
    ),
    restaurant(
        "yuexiang",
        "粤香茶餐厅",
        "yxcct",
        "yuexiangchacanting",
        "#a3541b",
    ),
    restaurant("xibei", "西北拉面", "xblm", "xibeilamian", "#5b4636"),
    restaurant("nongjia", "农家小院", "njxy", "nongjiaxiaoyuan", "#4c6b2f"),
    restaurant("tiantang", "甜汤铺子", "ttpz", "tiantangpuzi", "#b2537a"),
    restaurant("kaorou", "炭火烤肉", "thkr", "tanhuokaorou", "#3b3b3b"),
    restaurant("susi", "素心斋", "sxz", "suxinzhai", "#6b7f3a"),
    restaurant(
        "longxia",
        "小龙虾研究所",
        "xlxyjs",
        "xiaolongxiayanjiusuo",
        "#c2371f",
    ),
    restaurant("zhouji", "周记粥铺", "zjzp", "zhoujizhoupu", "#c99a2e"),
    restaurant("shaola", "港式烧腊", "gssl", "gangshishaola", "#94481f"),
    restaurant(
        "miaojia",
        "苗家酸汤鱼",
        "mjsty",
        "miaojiasuantangyu",
        "#a12c4a",
    ),
    restaurant("hefu", "合福包子", "hfbz", "hefubaozi", "#6f5a8c"),
    restaurant("kafei", "转角咖啡", "zjkf", "zhuanjiaokafei", "#4a342a"),
    restaurant(
        "shouchuan",
        "巷口手擀面",
        "xksgm",
        "xiangkoushouganmian",
        "#52606d",
    ),
    restaurant("yunnan", "滇味米线", "dwmx", "dianweimixian", "#1f7a6d"),
    restaurant("niuza", "潮汕牛杂", "csnz", "chaoshanniuza", "#7d3c2a"),
    restaurant("ganguo", "湘江干锅", "xjgg", "xiangjiangganguo", "#b5432a"),
    restaurant(
        "xiaolong",
        "城隍小笼",
        "chxl",
        "chenghuangxiaolong",
        "#8a6d3b",
    ),
    restaurant(
        "bingfen",
        "老成都冰粉",
        "lcdbf",
        "laochengdubingfen",
        "#d9a6b3",
    ),
    restaurant(
        "yangtang",
        "关中羊汤",
        "gzyt",
        "guanzhongyangtang",
        "#6d5d4b",
    ),
    restaurant("haochi", "好食光", "hsg", "haoshiguang", "#f2c14e"),
    restaurant("mala", "阿婆麻辣烫", "apmlt", "apomalatang", "#aa1f2e"),
    restaurant("chengdu", "锦里串串", "jlcc", "jinlichuanchuan", "#912f56"),
    restaurant("taiwan", "宝岛便当", "bdbd", "baodaobiandang", "#2f7f9e"),
    restaurant("jianbing", "早安煎饼", "zajb", "zaoanjianbing", "#e0b03a"),
    restaurant("shunde", "顺德鱼生", "sdys", "shundeyusheng", "#22577a"),
    restaurant("kaoya", "胡同烤鸭", "htky", "hutongkaoya", "#7b2d26"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_initials_are_those_of_the_pinyin() {
        for restaurant in MORE {
            let mut pinyin = restaurant.pinyin.chars();
            let is_in_order = restaurant
                .initials
                .chars()
                .all(|initial| pinyin.any(|letter| letter == initial));
            assert!(is_in_order, "{restaurant:?}");
            assert_eq!(
                restaurant.initials.get(..1),
                restaurant.pinyin.get(..1),
                "{restaurant:?}"
            );
        }
    }
}
