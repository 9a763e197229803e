CREATE TABLE "calendar_feeds" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"holds" text NOT NULL,
	"locale" text NOT NULL,
	"made_at" timestamp(6) with time zone NOT NULL,
	"last_read_at" timestamp(6) with time zone,
	CONSTRAINT "calendar_feeds_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "calendar_feeds_holds" CHECK ("calendar_feeds"."holds" in ('own', 'all'))
);
--> statement-breakpoint
CREATE TABLE "office_calendar_days" (
	"country" text NOT NULL,
	"day" date NOT NULL,
	"year" integer NOT NULL,
	"kind" text NOT NULL,
	"names" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "office_calendar_days_country_day_pk" PRIMARY KEY("country","day"),
	CONSTRAINT "office_calendar_days_kind" CHECK ("office_calendar_days"."kind" in ('off', 'work'))
);
--> statement-breakpoint
CREATE TABLE "office_calendar_years" (
	"country" text NOT NULL,
	"year" integer NOT NULL,
	"notice" text NOT NULL,
	"sources" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "office_calendar_years_country_year_pk" PRIMARY KEY("country","year"),
	CONSTRAINT "office_calendar_years_year" CHECK ("office_calendar_years"."year" between 1990 and 2200)
);
--> statement-breakpoint
CREATE TABLE "office_calendars" (
	"country" text PRIMARY KEY NOT NULL,
	"weekend" integer[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "office_calendar_days" ADD CONSTRAINT "office_calendar_days_year" FOREIGN KEY ("country","year") REFERENCES "public"."office_calendar_years"("country","year") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "office_calendar_years" ADD CONSTRAINT "office_calendar_years_country_office_calendars_country_fk" FOREIGN KEY ("country") REFERENCES "public"."office_calendars"("country") ON DELETE cascade ON UPDATE no action;