//! Invented restaurants.

#[derive(Clone, Copy, Debug)]
pub(super) struct Restaurant {
    /// Its part of an id.
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) initials: &'static str,
    pub(super) color: &'static str,
}

const fn restaurant(
    key: &'static str,
    name: &'static str,
    initials: &'static str,
    color: &'static str,
) -> Restaurant {
    Restaurant {
        key,
        name,
        initials,
        color,
    }
}

pub(super) const SICHUAN: Restaurant = restaurant("chuanwei", "川味小馆", "cwxg", "#b3261e");
pub(super) const NOODLES: Restaurant = restaurant("jiangnan", "江南面馆", "jnmg", "#1f5f8b");
pub(super) const HOTPOT: Restaurant = restaurant("laojie", "老街火锅", "ljhg", "#8c2f39");
pub(super) const TEA: Restaurant = restaurant("yunshang", "云上茶舍", "yscs", "#2e6b4f");

/// For wallets with many cards.
pub(super) const MORE: &[Restaurant] = &[
    SICHUAN,
    NOODLES,
    HOTPOT,
    TEA,
    restaurant("haiwei", "海味渔家", "hwyj", "#0b6e8a"),
    restaurant("dongbei", "东北饺子王", "dbjzw", "#7a4a21"),
    restaurant("yuexiang", "粤香茶餐厅", "yxcct", "#a3541b"),
    restaurant("xibei", "西北拉面", "xblm", "#5b4636"),
    restaurant("nongjia", "农家小院", "njxy", "#4c6b2f"),
    restaurant("tiantang", "甜汤铺子", "ttpz", "#b2537a"),
    restaurant("kaorou", "炭火烤肉", "thkr", "#3b3b3b"),
    restaurant("susi", "素心斋", "sxz", "#6b7f3a"),
    restaurant("longxia", "小龙虾研究所", "xlxyjs", "#c2371f"),
    restaurant("zhouji", "周记粥铺", "zjzp", "#c99a2e"),
    restaurant("shaola", "港式烧腊", "gssl", "#94481f"),
    restaurant("miaojia", "苗家酸汤鱼", "mjsty", "#a12c4a"),
    restaurant("hefu", "合福包子", "hfbz", "#6f5a8c"),
    restaurant("kafei", "转角咖啡", "zjkf", "#4a342a"),
    restaurant("shouchuan", "巷口手擀面", "xksgm", "#52606d"),
    restaurant("yunnan", "滇味米线", "dwmx", "#1f7a6d"),
    restaurant("niuza", "潮汕牛杂", "csnz", "#7d3c2a"),
    restaurant("ganguo", "湘江干锅", "xjgg", "#b5432a"),
    restaurant("xiaolong", "城隍小笼", "chxl", "#8a6d3b"),
    restaurant("bingfen", "老成都冰粉", "lcdbf", "#d9a6b3"),
    restaurant("yangtang", "关中羊汤", "gzyt", "#6d5d4b"),
    restaurant("haochi", "好食光", "hsg", "#f2c14e"),
    restaurant("mala", "阿婆麻辣烫", "apmlt", "#aa1f2e"),
    restaurant("chengdu", "锦里串串", "jlcc", "#912f56"),
    restaurant("taiwan", "宝岛便当", "bdbd", "#2f7f9e"),
    restaurant("jianbing", "早安煎饼", "zajb", "#e0b03a"),
    restaurant("shunde", "顺德鱼生", "sdys", "#22577a"),
    restaurant("kaoya", "胡同烤鸭", "htky", "#7b2d26"),
];
