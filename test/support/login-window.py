"""A GTK window with two tabs: a name and a password on the first, which has the focus in the name, another password on the second.

Prints the real position of the first password on the screen, as JSON, when it is shown.
"""

import json

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import GLib, Gtk

window = Gtk.Window(title="Sign in")
window.set_default_size(400, 300)
tabs = Gtk.Notebook()
page = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=10, margin=20)
name = Gtk.Entry()
password = Gtk.Entry(visibility=False, text="hunter2")
page.add(name)
page.add(password)
tabs.append_page(page, Gtk.Label(label="Sign in"))
tabs.append_page(Gtk.Entry(visibility=False, text="Xk9mP2qL"), Gtk.Label(label="Change password"))
window.add(tabs)
window.show_all()
name.grab_focus()


def tell():
    _, left, top = window.get_window().get_origin()
    x, y = password.translate_coordinates(window, 0, 0)
    size = password.get_allocation()
    print(json.dumps({"x": left + x, "y": top + y, "width": size.width, "height": size.height}), flush=True)


def on_focus(*_):
    GLib.idle_add(tell)
    # Anything true would keep the window from passing the focus on.
    return False


window.connect("focus-in-event", on_focus)
Gtk.main()
