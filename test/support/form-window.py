"""A GTK window with a text field, a password field, a list and a button, which get the focus in that order.

Each time a control gets the focus, it prints its real position on the screen, one JSON object per line.
"""

import json

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import GLib, Gtk

window = Gtk.Window(title="Order form")
window.set_default_size(500, 300)
box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=10, margin=20)
city = Gtk.Entry()
city.get_accessible().set_name("City")
password = Gtk.Entry(visibility=False, text="hunter2")
rows = Gtk.ListStore(str)
for text in ("Ship", "Train"):
    rows.append([text])
table = Gtk.TreeView(model=rows, headers_visible=False)
table.append_column(Gtk.TreeViewColumn("Way", Gtk.CellRendererText(), text=0))
button = Gtk.Button(label="Send order", halign=Gtk.Align.START)


def tell(control, _event=None):
    def write():
        _, left, top = window.get_window().get_origin()
        x, y = control.translate_coordinates(window, 0, 0)
        size = control.get_allocation()
        print(json.dumps({"x": left + x, "y": top + y, "width": size.width, "height": size.height}), flush=True)

    GLib.idle_add(write)


for control in (city, password, table, button):
    control.connect("focus-in-event", tell)
    box.add(control)
window.add(box)
window.show_all()
Gtk.main()
