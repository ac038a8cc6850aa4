"""Makes the dta files of this folder with pandas, what is in them as reference.json, and what pandas reads in the file
that Kaya wrote (kaya-118.dta) as readback.json. Run in this folder: python make.py"""

import json
import math

import pandas as pd

# pandas writes long strings in UTF-8 whatever the format, so that this one is ASCII.
LONG = "scope; " * 400
LABELS = {"city": "城市", "gdp": "地区生产总值(万元)", "day": "统计日期"}


def gbk(text):
    """Text whose Latin-1 bytes are the GBK bytes of `text`: pandas writes the old formats in Latin-1."""
    return text.encode("gbk").decode("latin-1")


def frame(coded):
    return pd.DataFrame(
        {
            "city": [coded("北京"), coded("呼和浩特"), "", coded("襄樊")],
            "year": pd.Series([2015, 2016, 2017, -32000], dtype="int16"),
            "flag": pd.Series([1, 0, -127, 100], dtype="int8"),
            "big": pd.Series([110000, -2147483647, 2147483620, 0], dtype="int32"),
            "share": pd.Series([0.1, 79.65, None, -1e30], dtype="float32"),
            "gdp": pd.Series([230145914.5, 0.30000000000000004, None, -1e300], dtype="float64"),
            "day": pd.to_datetime(["2015-03-02", "1959-12-31", None, "2024-02-29"]),
        }
    )


def write(name, version, coded, byteorder, long):
    table = frame(coded)
    if long:
        table["scope"] = ["x", LONG, "", "x"]
    table.to_stata(
        name,
        version=version,
        write_index=False,
        byteorder=byteorder,
        convert_dates={"day": "td"},
        convert_strl=["scope"] if long else None,
        variable_labels={key: coded(value) for key, value in LABELS.items()},
        value_labels={"flag": {0: "no", 1: "yes"}},
        data_label="four rows",
    )


def plain(value):
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    return value.item() if hasattr(value, "item") else value


def columns(table):
    return {name: [plain(value) for value in table[name]] for name in table.columns}


same = str
write("gbk-114.dta", 114, gbk, "<", False)
write("gbk-114-big.dta", 114, gbk, ">", False)
write("gbk-117.dta", 117, gbk, "<", True)
write("gbk-117-big.dta", 117, gbk, ">", True)
write("utf8-118.dta", 118, same, "<", True)
write("utf8-118-big.dta", 118, same, ">", True)
write("utf8-119.dta", 119, same, "<", True)
write("utf8-119-big.dta", 119, same, ">", True)

whole = frame(same)
whole["scope"] = ["x", LONG, "", "x"]
with open("reference.json", "w", encoding="utf-8") as file:
    json.dump({"program": f"pandas {pd.__version__}", "labels": LABELS, "columns": columns(whole)}, file, ensure_ascii=False, indent=1)

with pd.read_stata("kaya-118.dta", iterator=True) as reader:
    table = reader.read(convert_dates=False, convert_categoricals=False)
    labels = reader.variable_labels()
with open("readback.json", "w", encoding="utf-8") as file:
    json.dump({"program": f"pandas {pd.__version__}", "labels": labels, "columns": columns(table)}, file, ensure_ascii=False, indent=1)
