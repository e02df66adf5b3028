"""联系人 and contacts: who keeps in touch with whom, and when they last did."""
