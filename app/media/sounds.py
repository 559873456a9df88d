"""Sound: kept as it is, decoded and played inside the program, where the computer has something to play it on."""

from __future__ import annotations

import array
import threading
from collections.abc import Generator
from typing import Any, Final

from app.media.limits import MOST_HOURS, mistrusting, refuse
from app.media.sniffing import media_of
from app.offline import without_addresses

_RATE: Final = 44_100
_CHANNELS: Final = 2
_LOOKED_AT_FRAMES: Final = 4_096
_SILENT_BACKEND: Final = "Null"


def looked_at(data: bytes) -> int:
    """How long a recording is, in milliseconds, once its beginning could be decoded.

    Raises:
        MediaError: FILE_REFUSED with `reason` damaged, empty or too_long.
    """
    with mistrusting():
        audio, info = _audio(), _info(data)
        if info.sample_rate <= 0 or info.num_frames <= 0:
            raise refuse("empty")
        length_ms = int(info.num_frames * 1000 / info.sample_rate)
        if length_ms > MOST_HOURS * 3_600_000:
            raise refuse("too_long", hours=MOST_HOURS)
        stream = audio.stream_memory(data, frames_to_read=_LOOKED_AT_FRAMES, sample_rate=_RATE, nchannels=_CHANNELS)
        if not len(next(stream)):
            raise refuse("empty")
        stream.close()
    return max(1, length_ms)


class Player:
    """Plays one recording; every method returns at once. `close` it.

    What is decoded next is asked for on a thread of the sound library: only `_frames` runs there.
    """

    def __init__(self, data: bytes, length_ms: int) -> None:
        """Open the computer's sound.

        Raises:
            MediaError: FILE_REFUSED with `reason` no_sound_device, or damaged.
        """
        self._data, self._length_ms = data, length_ms
        self._guard = threading.Lock()
        self._from_ms = self._played = 0
        self._playing = self._ended = False
        self._device = _device()

    @property
    def at_ms(self) -> int:
        """Where it is."""
        with self._guard:
            return min(self._length_ms, self._from_ms + self._played * 1000 // _RATE)

    @property
    def playing(self) -> bool:
        """Whether it can be heard now."""
        return self._playing and not self._ended

    def play(self) -> None:
        """Go on from where it is; from the beginning once it has ended.

        Raises:
            MediaError: FILE_REFUSED with `reason` damaged.
        """
        if self.at_ms >= self._length_ms:
            self.seek(0)
        with mistrusting():
            frames = self._frames(self.at_ms)
            next(frames)
            self._ended, self._playing = False, True
            self._device.start(frames)

    def pause(self) -> None:
        """Stop here."""
        if self._playing:
            self._device.stop()
            self._playing = False
            with self._guard:
                self._from_ms, self._played = min(self._length_ms, self._from_ms + self._played * 1000 // _RATE), 0

    def seek(self, at_ms: int) -> None:
        """Go to another moment; it goes on playing if it did."""
        again = self.playing
        self.pause()
        with self._guard:
            self._from_ms, self._played = max(0, min(at_ms, self._length_ms)), 0
        if again and at_ms < self._length_ms:
            self.play()

    def close(self) -> None:
        """Fall silent and let the device go."""
        self.pause()
        self._device.close()

    def _frames(self, at_ms: int) -> Generator[bytes, int, None]:
        """Starts out waiting for how many frames are wanted, then gives them."""
        stream = _stream(self._data, at_ms)
        wanted = yield b""
        while True:
            try:
                samples = stream.send(wanted)
            except StopIteration:
                break
            with self._guard:
                self._played += len(samples) // _CHANNELS
            wanted = yield samples.tobytes()
        self._ended = True


def _stream(data: bytes, at_ms: int) -> Generator[array.array[int], int, None]:
    audio = _audio()

    class Source(audio.StreamableSource):  # type: ignore[misc,name-defined]  # loaded late, untyped
        """Bytes in memory, as the library asks for them."""

        def __init__(self) -> None:
            self.place = 0

        def read(self, wanted: int) -> bytes:
            """The next bytes."""
            part = data[self.place : self.place + wanted]
            self.place += len(part)
            return part

        def seek(self, offset: int, origin: Any) -> bool:  # noqa: ANN401  # the library's own enum
            """Another place, counted from the beginning or from here."""
            base = 0 if origin == audio.SeekOrigin.START else self.place
            self.place = max(0, min(len(data), base + offset))
            return True

    stream: Generator[array.array[int], int, None] = audio.stream_any(
        Source(), _form(data), sample_rate=_RATE, nchannels=_CHANNELS, seek_frame=at_ms * _RATE // 1000
    )
    return stream


def _device() -> Any:  # noqa: ANN401  # the library has no types
    with mistrusting():
        audio = _audio()
        try:
            device = audio.PlaybackDevice(sample_rate=_RATE, nchannels=_CHANNELS)
        except audio.MiniaudioError:
            raise refuse("no_sound_device") from None
        if device.backend == _SILENT_BACKEND:
            device.close()
            raise refuse("no_sound_device")
        return device


def _form(data: bytes) -> Any:  # noqa: ANN401  # the library's own enum
    form = _audio().FileFormat
    return {"audio/wav": form.WAV, "audio/mpeg": form.MP3, "audio/flac": form.FLAC, "audio/ogg": form.VORBIS}[
        media_of(data[:1024])
    ]


def _info(data: bytes) -> Any:  # noqa: ANN401  # the library's own class
    audio, media = _audio(), media_of(data[:1024])
    reader = {
        "audio/wav": audio.wav_get_info,
        "audio/mpeg": audio.mp3_get_info,
        "audio/flac": audio.flac_get_info,
        "audio/ogg": audio.vorbis_get_info,
    }.get(media)
    if reader is None:
        raise refuse("unknown")
    return reader(data)


def _audio() -> Any:  # noqa: ANN401  # the library has no types
    """Loaded on first need, and without the part of it that could play from an address."""
    with without_addresses():
        import miniaudio
    return miniaudio
