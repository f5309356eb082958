"""Own drawings on a 24 grid, stroke 1.8; one entry is the inside of an ``svg``."""

from __future__ import annotations

LINE: dict[str, str] = {
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5.5 5.5"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "chevron": '<path d="m9.5 6 6 6-6 6"/>',
    "down": '<path d="m6 9.5 6 6 6-6"/>',
    "back": '<path d="m14.5 6-6 6 6 6"/>',
    "pencil": '<path d="m4.5 19.5 1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5"/>',
    "chat": '<path d="M4 5h16v11h-9l-4 3.5V16H4zM8 9h8M8 12.2h5"/>',
    "bell": '<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 20.5a2.2 2.2 0 0 0 4 0M12 3v2"/>',
    "opinion": '<path d="M5 4h14v16H5zM8 9l1.4 1.4L12 8M8 14.5l1.4 1.4 2.6-2.4M14.5 9.5H16M14.5 15H16"/>',
    "clock": '<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>',
    "print": '<path d="M7.5 8.5V4h9v4.5M7.5 16.5h-3v-8h15v8h-3M7.5 13.5h9V20h-9z"/>',
    "download": '<path d="M12 4v11M7.5 10.5 12 15l4.5-4.5M4.5 16v4h15v-4"/>',
    "upload": '<path d="M5.5 4.5h13M12 20V8.5M7.5 13 12 8.5l4.5 4.5"/>',
    "letters": '<path d="m3 18 4.7-12h.6L13 18M4.6 14h6.8M14.5 18l3-8h.5l3 8M15.6 15.2h4.3"/>',
    "link": '<path d="m10 14 4-4M8.5 11 6 13.5a3.2 3.2 0 0 0 4.5 4.5L13 15.5M15.5 13 18 10.5A3.2 3.2 0 0 0 13.5 6L11 8.5"/>',
    "shield": '<path d="M12 3.5 19 6v5.5c0 4.5-2.8 7.5-7 9-4.2-1.5-7-4.5-7-9V6zM9 11.8l2.2 2.2 4-4.3"/>',
    "flag": '<path d="M6 21V4h12l-3 4.2 3 4.3H6"/>',
    "phone": '<path d="M8.5 4H5c0 8.5 6.5 15 15 15v-3.5l-4-1.8-2 2c-2.3-1-4.2-2.9-5.2-5.2l2-2z"/>',
    "file": '<path d="M6 3.5h8.5L18.5 8v12.5H6zM14 3.5V8.5h4.5M9 12.5h6.5M9 16.2h6.5"/>',
    "inbox": '<path d="M4 13.5 6.5 5h11L20 13.5V19H4zM4 13.5h4.5L10 16h4l1.5-2.5H20"/>',
    "stamp": '<path d="M5 4.5h14M5 9h14M7 9v10.5M17 9v10.5M12 9v6M4.5 19.5h5M14.5 19.5h5M5 4.5V9M19 4.5V9"/>',
    "list": '<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h1M4.5 12h1M4.5 17.5h1"/>',
    "register": '<path d="M5 4h14v16H5zM5 8.5h14M9.5 4v16M12.5 12h4M12.5 15.5h4"/>',
    "people": '<circle cx="9" cy="8.5" r="3.5"/><path d="M3 20c.3-4 2.5-6 6-6s5.7 2 6 6M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.5c2 .8 3.2 2.6 3.5 5.5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.5-4.5 3.2-6.5 7.5-6.5s7 2 7.5 6.5"/>',
    "chart": '<path d="M4 20h16M7 20v-7M12 20V5M17 20v-10"/>',
    "building": '<path d="M5 20.5V6l8-2.5v17M13 9.5h6v11M3 20.5h18M8 9h2M8 12.5h2M8 16h2M16 13h.500M16 16.5h.500"/>',
    "gear": '<circle cx="12" cy="12" r="3.2"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1"/>',
    "external": '<path d="M13.5 4.5h6v6M19.5 4.5 11 13M16.5 13.5v6h-12v-12h6"/>',
    "feed": '<circle cx="6.5" cy="17.5" r="1.2"/><path d="M5 11a8 8 0 0 1 8 8M5 5.5A13.5 13.5 0 0 1 18.5 19"/>',
    "eye": '<path d="M3 12c2.5-4.3 5.5-6.5 9-6.5s6.5 2.2 9 6.5c-2.5 4.3-5.5 6.5-9 6.5S5.5 16.3 3 12z"/><circle cx="12" cy="12" r="2.8"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "home": '<path d="M4 11.5 12 4.5l8 7M6.5 10v9.5h11V10"/>',
    "lock": '<path d="M5.5 10.5h13v9.5h-13zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5M12 14v2.5"/>',
    "tick": '<path d="m5 12.5 5 5L19.5 7"/>',
    "sort": '<path d="M12 5v14M7 14l5 5 5-5"/>',
    "trail": '<circle cx="7" cy="6" r="2"/><circle cx="7" cy="18" r="2"/><path d="M7 8v8M12 6h8M12 18h8M12 12h6"/>',
}

# Shape and word together: a light is never a dot of colour alone.
LIGHTS: dict[str, tuple[str, str, str]] = {
    "done": (
        "完成",
        "main",
        '<circle cx="12" cy="12" r="9" fill="currentColor" stroke="none"/><path d="m8 12.3 3 3 5.2-6" stroke="var(--bg)" stroke-width="2.4"/>',
    ),
    "ok": ("正常", "main", '<circle cx="12" cy="12" r="7.5" stroke-width="3"/>'),
    "soon": ("临期", "amb", '<path d="M12 3.5 22 20.5H2z" fill="var(--amb-g)" stroke="none"/>'),
    "late": (
        "逾期",
        "red",
        '<path d="M3 3h18v18H3z" fill="currentColor" stroke="none"/><path d="M10.7 6h2.6v7.6h-2.6zM10.7 15.6h2.6V18h-2.6z" fill="var(--bg)" stroke="none"/>',
    ),
    "paused": ("暂停", "ink3", '<path d="M8.5 5v14M15.5 5v14" stroke-width="3"/>'),
    "idle": ("未开始", "ink3", '<circle cx="12" cy="12" r="7.5" stroke-width="2.2"/>'),
}
