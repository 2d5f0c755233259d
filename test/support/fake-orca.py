"""Orca's service on the session bus, in version 49 ("orca49"), 50 ("orca50") or 51 ("orca51").

Writes one JSON object per line to the file in the second argument: {"text": …} for each message, {"stop": true} for each
interruption. A message that contains "(hold)" is never answered. Prints "ready" when it owns the name.
"""

import json
import sys

from gi.repository import Gio, GLib

version, journal = sys.argv[1:3]
name = "org.gnome.Orca1" if version == "orca51" else "org.gnome.Orca"
path = "/" + name.replace(".", "/") + "/Service"
module = "SpeechAndVerbosityManager" if version == "orca49" else "SpeechManager"

service_xml = f"""<node><interface name="{name}.Service">
  <method name="GetVersion"><arg direction="out" type="s"/></method>
  <method name="PresentMessage"><arg direction="in" type="s"/><arg direction="out" type="b"/></method>
</interface></node>"""
module_xml = (
    """<node><interface name="org.gnome.Orca1.SpeechManager">
  <method name="InterruptSpeech"><arg direction="in" type="b"/><arg direction="out" type="b"/></method>
</interface></node>"""
    if version == "orca51"
    else """<node><interface name="org.gnome.Orca.Module">
  <method name="ExecuteCommand"><arg direction="in" type="s"/><arg direction="in" type="b"/>
    <arg direction="out" type="b"/></method>
</interface></node>"""
)


def note(entry):
    with open(journal, "a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")


def on_call(_bus, _sender, _path, _interface, method, args, invocation):
    if method == "GetVersion":
        invocation.return_value(GLib.Variant("(s)", (version,)))
        return
    if method == "PresentMessage":
        note({"text": args[0]})
        if "(hold)" in args[0]:
            return
    elif method == "InterruptSpeech" or args[0] == "InterruptSpeech":
        note({"stop": True})
    invocation.return_value(GLib.Variant("(b)", (True,)))


def on_bus(bus, _name):
    for object_path, xml in ((path, service_xml), (f"{path}/{module}", module_xml)):
        bus.register_object(object_path, Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0], on_call, None, None)


Gio.bus_own_name(
    Gio.BusType.SESSION,
    f"{name}.Service",
    Gio.BusNameOwnerFlags.NONE,
    on_bus,
    lambda *_: print("ready", flush=True),
    lambda *_: sys.exit(1),
)
GLib.MainLoop().run()
