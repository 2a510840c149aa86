"""How place names are read aloud, where the characters alone would be read otherwise: 洪洞 is Hongtong, 单县 is Shan xian.

Keys of areas and of homes are typed without Chinese input; whoever types laoling looks for 乐陵.
"""

from functools import cache

PLACES = {
    "单县": "shan xian", "大城": "dai cheng", "六合": "lu he", "洪洞": "hong tong", "浚县": "xun xian",
    "乐陵": "lao ling", "涡阳": "guo yang", "长垣": "chang yuan", "繁峙": "fan shi", "筠连": "jun lian",
    "覃塘": "qin tang", "长治": "chang zhi", "长海": "chang hai", "弓长岭": "gong chang ling", "长白": "chang bai",
    "长岭": "chang ling", "长宁": "chang ning", "长丰": "chang feng", "天长": "tian chang", "长泰": "chang tai",
    "长清": "chang qing", "长葛": "chang ge", "长阳": "chang yang", "长洲": "chang zhou", "长顺": "chang shun",
    "长武": "chang wu", "子长": "zi chang", "襄都": "xiang du", "信都": "xin du", "望都": "wang du",
    "尧都": "yao du", "昆都仑": "kun du lun", "商都": "shang du", "盐都": "yan du", "江都": "jiang du",
    "莲都": "lian du", "都昌": "du chang", "宁都": "ning du", "于都": "yu du", "殷都": "yin du", "魏都": "wei du",
    "宜都": "yi du", "曾都": "zeng du", "花都": "hua du", "都安": "du an", "丰都": "feng du", "新都": "xin du",
    "郫都": "pi du", "都匀": "du yun", "三都": "san du", "昌都": "chang du", "秦都": "qin du", "武都": "wu du",
    "都兰": "du lan", "闵行": "min hang", "南乐": "nan le", "民乐": "min le", "荥经": "ying jing",
    "什邡": "shi fang", "克什克腾": "ke shi ke teng", "康巴什": "kang ba shi", "乌什": "wu shi", "阿图什": "a tu shi",
    "塔什库尔干": "ta shi ku er gan", "龙圩": "long xu", "万柏林": "wan bai lin", "阿勒泰": "a le tai",
}  # fmt: skip - without what only says county, city or district, if more than one character is left


@cache
def learn_places() -> None:
    """Teach the dictionary these names, once for the process; to be called before anything is read."""
    from pypinyin import load_phrases_dict  # its dictionaries take a while to load: only when needed

    load_phrases_dict({name: [[syllable] for syllable in read.split()] for name, read in PLACES.items()})
