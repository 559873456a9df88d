"""The few calls into the Objective-C runtime that macOS offers no other way to; through `ctypes`, on macOS only."""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Callable
from ctypes import CFUNCTYPE, c_bool, c_char_p, c_void_p
from typing import Any, Final

_IMPLEMENTATION: Final = CFUNCTYPE(None, c_void_p, c_void_p, c_void_p)


class Runtime:
    """Classes, selectors and messages by name."""

    def __init__(self) -> None:
        """Raises OSError where there is no such runtime."""
        self._library = ctypes.CDLL(ctypes.util.find_library("objc") or "libobjc.A.dylib")
        self._framework = ctypes.CDLL(ctypes.util.find_library("AppKit") or "AppKit")
        for name, takes in (
            ("objc_getClass", (c_char_p,)),
            ("sel_registerName", (c_char_p,)),
            ("objc_allocateClassPair", (c_void_p, c_char_p, ctypes.c_size_t)),
        ):
            function = getattr(self._library, name)
            function.restype, function.argtypes = c_void_p, takes
        self._library.objc_registerClassPair.argtypes = (c_void_p,)
        self._library.class_addMethod.argtypes = (c_void_p, c_void_p, c_void_p, c_char_p)
        self._library.class_addMethod.restype = c_bool

    def find(self, name: str) -> int:
        """A class by its name."""
        return int(self._library.objc_getClass(name.encode()) or 0)

    def selector(self, name: str) -> int:
        """A selector by its name."""
        return int(self._library.sel_registerName(name.encode()) or 0)

    def send(self, target: int, name: str, *arguments: int) -> int:
        """Send a message whose arguments and answer are all pointers or whole numbers."""
        kind: Any = CFUNCTYPE(c_void_p, c_void_p, c_void_p, *(c_void_p for _ in arguments))
        address = ctypes.cast(self._library.objc_msgSend, c_void_p).value
        return int(kind(address)(target, self.selector(name), *arguments) or 0)

    def text(self, words: str) -> int:
        """An NSString."""
        made = ctypes.create_string_buffer(words.encode())
        return self.send(self.find("NSString"), "stringWithUTF8String:", ctypes.addressof(made))

    def words(self, text: int) -> str:
        """What an NSString says."""
        address = self.send(text, "UTF8String")
        return ctypes.string_at(address).decode("utf-8", "replace") if address else ""

    def listener(self, name: str, heard: Callable[[int], None]) -> tuple[int, object]:
        """An object that calls `heard(notification)` for the message `heard:`; keep the second value alive."""

        def implementation(_self: int, _selector: int, notification: int) -> None:
            heard(notification)

        kept = _IMPLEMENTATION(implementation)
        pair = self._library.objc_allocateClassPair(self.find("NSObject"), name.encode(), 0)
        if not pair:
            return 0, kept
        self._library.class_addMethod(pair, self.selector("heard:"), ctypes.cast(kept, c_void_p), b"v@:@")
        self._library.objc_registerClassPair(pair)
        return self.send(self.send(int(pair), "alloc"), "init"), kept
