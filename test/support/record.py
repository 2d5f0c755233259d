"""Records from a PulseAudio source in ways parec cannot: `record.py SOURCE corked|level-meter`."""

import ctypes
import sys

START_CORKED = 0x0001
PEAK_DETECT = 0x0800
READY = 4
FLOAT32LE = 5


class SampleSpec(ctypes.Structure):
    _fields_ = [("format", ctypes.c_int), ("rate", ctypes.c_uint32), ("channels", ctypes.c_uint8)]


pulse = ctypes.CDLL("libpulse.so.0")
for name in ("pa_mainloop_new", "pa_mainloop_get_api", "pa_context_new", "pa_stream_new"):
    getattr(pulse, name).restype = ctypes.c_void_p

source, kind = sys.argv[1:]
loop = ctypes.c_void_p(pulse.pa_mainloop_new())
context = ctypes.c_void_p(pulse.pa_context_new(ctypes.c_void_p(pulse.pa_mainloop_get_api(loop)), b"record"))
pulse.pa_context_connect(context, None, 0, None)
while pulse.pa_context_get_state(context) != READY:
    pulse.pa_mainloop_iterate(loop, 1, None)
spec = SampleSpec(FLOAT32LE, 25, 1)
stream = ctypes.c_void_p(pulse.pa_stream_new(context, b"record", ctypes.byref(spec), None))
flags = START_CORKED if kind == "corked" else PEAK_DETECT
pulse.pa_stream_connect_record(stream, source.encode(), None, flags)
pulse.pa_mainloop_run(loop, None)
