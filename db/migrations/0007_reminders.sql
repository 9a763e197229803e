CREATE TABLE "agreement_reminder_rules" (
	"agreement_id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"rules" jsonb NOT NULL,
	"to_partners" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reminder_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reminder_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"user_id" uuid,
	"address" text,
	"locale" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"not_before" timestamp(6) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"first_tried_at" timestamp(6) with time zone,
	"problem" text,
	"settled_at" timestamp(6) with time zone,
	"seen_by" uuid,
	CONSTRAINT "reminder_deliveries_channel" CHECK ("reminder_deliveries"."channel" in ('mail', 'chat')),
	CONSTRAINT "reminder_deliveries_state" CHECK ("reminder_deliveries"."state" in ('waiting', 'sent', 'failed', 'dropped')),
	CONSTRAINT "reminder_deliveries_recipient" CHECK (num_nonnulls("reminder_deliveries"."user_id", "reminder_deliveries"."address") = (case "reminder_deliveries"."channel" when 'mail' then 1 else 0 end))
);
--> statement-breakpoint
CREATE TABLE "reminder_readings" (
	"reminder_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "reminder_readings_reminder_id_user_id_pk" PRIMARY KEY("reminder_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"due" date NOT NULL,
	"days" integer NOT NULL,
	"overtaken" boolean NOT NULL,
	"made_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "agreement_reminder_rules" ADD CONSTRAINT "agreement_reminder_rules_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_deliveries" ADD CONSTRAINT "reminder_deliveries_reminder_id_reminders_id_fk" FOREIGN KEY ("reminder_id") REFERENCES "public"."reminders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_deliveries" ADD CONSTRAINT "reminder_deliveries_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_deliveries" ADD CONSTRAINT "reminder_deliveries_seen_by_users_id_fk" FOREIGN KEY ("seen_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_readings" ADD CONSTRAINT "reminder_readings_reminder_id_reminders_id_fk" FOREIGN KEY ("reminder_id") REFERENCES "public"."reminders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_readings" ADD CONSTRAINT "reminder_readings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "reminder_deliveries_once" ON "reminder_deliveries" USING btree ("reminder_id","channel",coalesce("user_id"::text, "address", ''));--> statement-breakpoint
CREATE INDEX "reminder_deliveries_user" ON "reminder_deliveries" USING btree ("user_id","reminder_id");--> statement-breakpoint
CREATE INDEX "reminder_deliveries_waiting" ON "reminder_deliveries" USING btree ("not_before") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "reminder_deliveries_failed" ON "reminder_deliveries" USING btree ("settled_at") WHERE state = 'failed' and seen_by is null;--> statement-breakpoint
CREATE UNIQUE INDEX "reminders_once" ON "reminders" USING btree ("agreement_id","kind","subject","due","days");--> statement-breakpoint
CREATE INDEX "reminders_made" ON "reminders" USING btree ("made_at" DESC NULLS LAST,"id");