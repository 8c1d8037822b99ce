// What makes the workplace quicker; every page works without it.
'use strict'
