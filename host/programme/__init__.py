"""The programme of one room: where the departments meet. Live and rehearsed shows run the same one."""
