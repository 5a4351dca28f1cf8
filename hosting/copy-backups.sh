#!/bin/sh
# Copies the backups to another machine by rsync and ssh. It deletes and overwrites nothing there.
# Fails when there is no backup of the last two days.
set -eu

: "${EVENHOUR_COPY_TO:?Set EVENHOUR_COPY_TO to USER@MACHINE:FOLDER/ in /etc/evenhour.env.}"
from=${EVENHOUR_BACKUP_DIR:-${EVENHOUR_DATA_DIR:-data}/backups}

rsync --recursive --times --ignore-existing --include='*.evenhour.gz' --exclude='*' "$from/" "$EVENHOUR_COPY_TO"

if [ -z "$(find "$from" -name '*.evenhour.gz' -mtime -2)" ]; then
	echo "The newest backup in $from is older than two days: see the log of Evenhour." >&2
	exit 1
fi
