"""What can be wrong with a file, as sentences for the clerk: what, why, what to do. Pure; both sides use it."""

from __future__ import annotations

READABLE = ("docx", "xlsx", "pdf", "html", "txt", "doc", "wps", "ofd", "image")
KIND_NAMES = {
    "docx": "docx 文档", "xlsx": "xlsx 表格", "pdf": "pdf 文件", "html": "网页文件", "txt": "文本文件",
    "doc": "旧版 Word 文档（doc）", "xls": "旧版 Excel 表格（xls）", "wps": "WPS 文字（wps）", "et": "WPS 表格（et）",
    "ppt": "旧版演示文稿（ppt）", "pptx": "演示文稿（pptx）", "ofd": "版式文件（ofd）", "rtf": "rtf 文档",
    "image": "图片", "heic": "手机高效格式照片（heic）", "zip": "压缩包", "archive": "压缩包", "program": "程序", "ole": "旧版办公文件", "xml": "xml 文件",
}  # fmt: skip
_SAVE_AS = {
    "doc": "请用 Word 或 WPS 打开，另存为 docx 后再上传。",
    "wps": "请用 WPS 打开，另存为 docx 后再上传。",
    "rtf": "请用 Word 或 WPS 打开，另存为 docx 后再上传。",
    "ole": "请用 Word 或 WPS 打开，另存为 docx 或 xlsx 后再上传。",
    "xls": "请用 Excel 或 WPS 打开，另存为 xlsx 后再上传。",
    "et": "请用 WPS 打开，另存为 xlsx 后再上传。",
    "ppt": "请另存为 pdf 后再上传。",
    "pptx": "请另存为 pdf 后再上传。",
    "ofd": "请用 OFD 阅读器导出为带文字的 pdf，或上传原来的 docx。",
    "image": "请上传原来的 docx，或带文字的 pdf；也可以请系统管理员装上文字识别，系统就能读扫描件和照片。",
    "heic": "请在手机上打开照片后截图，上传截图；或在相机设置里把照片格式改为“兼容性最佳”（jpg）后重拍。",
    "zip": "请解开压缩包，逐个上传里面的文件。",
    "archive": "请解开压缩包，逐个上传里面的文件。",
    "xml": "请另存为 docx 或 pdf 后再上传。",
}
NOT_YET = "file.cannot_read"  # known, harmless, but no reader: a person must look at it
NUMBERED = "文件里有自动编号，系统读不到编号本身（如“一、”“1.”），请对照原件补上。"
RE_EXPORT = "请用办公软件打开后另存为 docx 或 pdf，再上传。"

SENTENCES = {
    "file.empty": "这个文件是空的，没有任何内容：可能是导出或复制没有完成。请重新导出，确认能打开后再上传。",
    "file.no_text": "这个文件打得开，但里面没有文字。请核对是否选错了文件；内容若是图片，请上传带文字的 docx 或 pdf。",
    "file.scan": "这个 pdf 是扫描件，只有图像、没有文字，系统读不到内容。请上传原来的 docx，或先做文字识别再导出 pdf。",
    "file.old_word": "这是 Word 95 或更早的文档，系统读不了。请用 Word 或 WPS 打开，另存为 docx 后再上传。",
    "file.no_words_seen": "这张图片里没有认出文字。请核对是否选错了文件，或重新扫描得清楚、端正一些再上传。",
    "file.preview_gone": "找不到要核对的表格：可能已经导入或者删除；上传后 14 天没有导入的会自动删除。请重新上传。",
    "file.password": "这个文件设了密码，系统打不开，也无法检查。请取消密码后重新保存，再上传。",
    "file.broken": f"这个文件打不开：内容已损坏或结构异常。{RE_EXPORT}",
    "file.bomb": f"这个文件解开后会异常膨胀，可能损害系统，已拒收。如果它是正常文件，{RE_EXPORT}",
    "file.members": f"这个文件里的部件过多，不像正常的办公文件，已拒收。{RE_EXPORT}",
    "file.path_slip": f"这个文件里有指向文件以外位置的部件，可能损害系统，已拒收。{RE_EXPORT}",
    "file.entities": f"这个文件里有实体声明，办公软件不会写出这种内容，可能损害系统，已拒收。{RE_EXPORT}",
    "file.nested": "这个文件里夹带了压缩包或程序，已拒收。请删去夹带的内容；需要的附件请单独上传。",
    "file.method": f"这个文件的压缩方式不是办公软件的写法，无法检查，已拒收。{RE_EXPORT}",
    "file.too_much": "这个文件的内容过多：超过 20 万个段落、20 万个单元格或 1000 页。请拆成几个文件后再上传。",
    "file.too_large": "读取这个文件要用的内存过多，已停止：内容过大或结构异常。请拆成几个文件后再上传。",
    "file.too_slow": "读取这个文件用时过长，已停止：内容过大或结构异常。请另存为新的 docx 或 pdf，或拆成几个文件后再上传。",
    "file.program": "这是一个程序，不是文件资料，已拒收。请核对是否选错了文件。",
    "file.unknown": "认不出这是什么文件：内容不是 docx、xlsx、pdf、网页或文本。请用办公软件另存为 docx 或 pdf 后再上传。",
    "file.missing": "找不到这个文件：路径不对，或没有读取权限。请核对路径后再试。",
    "file.no_cells": "这个文件不是表格。请交回从系统导出、填好的 xlsx 或 csv 文件。",
    "file.bad_csv": "这个 csv 文件的格式坏了：引号没有成对，或一格里文字过多。请用 Excel 或 WPS 打开后另存为 xlsx 再上传。",
    "file.virus": "这个文件带有病毒特征，已拒收，没有保存。请用杀毒软件检查您的电脑或手机，换一个文件再上传。",
    "file.changed": "这个文件在检查过程中被换过内容，已拒收。请重新上传；反复出现的，请联系系统管理员。",
    "file.scanner_away": "杀毒服务暂时没有回应，这个文件没有收下。请过几分钟再上传，或联系系统管理员。",
    "file.broken_picture": "这张图片打不开：可能没有传完，或者已经损坏。请重新拍照或截图，存为 jpg 或 png 后再上传。",
    "file.giant_picture": "这张图片过大（超过 4000 万像素）。请用手机自带的编辑功能缩小，或者截图后再上传。",
    "file.other_picture": "图片只收 jpg 和 png。请在手机或电脑上打开后截图，或另存为 jpg，再上传。",
    "file.cannot_clean": "系统不会清理这种文件。请在办公软件里删去隐藏内容，另存为 docx、xlsx 或 pdf 后再上传。",
    "file.not_cleaned": "没有做成清理后的副本：文件结构异常。请在办公软件里删去隐藏内容，另存后再上传。",
    "file.sealed": "这个 pdf 有电子签章，清理会使签章失效，所以没有清理。请在盖章以前清理，或请有权人签注理由。",
    "file.cannot_mask": "系统只会遮盖 docx、xlsx、pdf 里的个人信息。请在办公软件里改好，另存后再上传。",
    "file.not_masked": "没有做成遮盖后的副本：文件结构异常。请在办公软件里遮盖，另存后再上传。",
    "file.left_unmasked": "没有遮盖干净，所以没有采用。请在办公软件里改好，另存后再上传；扫描件请遮住以后重新扫描再上传。",
    "file.sealed_mask": "这个 pdf 有电子签章，遮盖会使签章失效，所以没有遮盖。请在盖章以前遮盖，或请有权人签注理由。",
    "file.charset": "这个文本的文字编码认不出来，读出来会是乱码。请用记事本打开，另存为 UTF-8 编码后再上传。",
}


class Unreadable(Exception):  # noqa: N818 -- an answer, not an error
    """A file that will not be read; ``code`` is a key of ``SENTENCES``, ``text`` overrides its sentence."""

    def __init__(self, code: str, text: str = "") -> None:
        self.code = code
        self.text = text or SENTENCES[code]
        super().__init__(code)


def not_yet(kind: str) -> Unreadable:
    """A kind that we know but cannot read."""
    advice = _SAVE_AS.get(kind, RE_EXPORT)
    return Unreadable(NOT_YET, f"系统还读不了{KIND_NAMES.get(kind, kind)}里的文字。{advice}")


def other_picture(kind: str) -> Unreadable:
    """A picture that is neither jpg nor png."""
    return Unreadable(
        "file.other_picture", f"系统还不收{KIND_NAMES['heic']}。{_SAVE_AS['heic']}" if kind == "heic" else ""
    )


def belied(ending: str, kind: str) -> Unreadable:
    """A name that says one thing and bytes that say another."""
    found = KIND_NAMES.get(kind, "")
    what = f"内容却是{found}" if found else "内容却不是这种文件"
    return Unreadable(
        "file.belied",
        f"文件名以 .{ending} 结尾，{what}：可能改过文件名。请用办公软件打开，另存为需要的格式，再上传。",
    )
