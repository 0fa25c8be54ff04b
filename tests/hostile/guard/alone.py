"""Run a command where there is no network but this machine's own: `unshare --map-root-user --net` runs this.

A new namespace has one device, the loopback, and it is down. Kernels of notebooks are talked to through it.
"""

import fcntl
import os
import socket
import struct
import sys

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
    request = struct.pack("16sh", b"lo", 0)
    (flags,) = struct.unpack("16xh", fcntl.ioctl(device, SIOCGIFFLAGS, request))
    fcntl.ioctl(device, SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | IFF_UP))
os.execv(sys.argv[1], sys.argv[1:])
